package io.claudeflow.swarm.hivemind.sim;

import java.util.List;

/** What befalls replicas. Every trouble ends by itself. */
final class ReplicaTrouble {
    private static final int SHORT = 300;
    private static final int LONG = 12_000;
    private static final int DAY_PARTS = 1_200_000;

    private ReplicaTrouble() {}

    private static List<Replica> sound(Swarm swarm) {
        return swarm.replicas.stream().filter(one -> one.host.up() && !one.host.paused()).toList();
    }

    /** A replica, often the leader; mostly one that is not sound while another one is not, so that seldom two are down at once. */
    private static Replica victim(Swarm swarm) {
        var sound = sound(swarm);
        if (sound.size() < Swarm.REPLICAS && !swarm.time.oneIn(6) || sound.isEmpty()) {
            return swarm.time.any(swarm.replicas.stream().filter(one -> !sound.contains(one)).toList());
        }
        var leading = sound.stream().filter(Replica::leads).toList();
        return swarm.time.any(leading.isEmpty() || swarm.time.oneIn(2) ? sound : leading);
    }

    /** How long a trouble lasts. */
    private static int span(Swarm swarm) {
        return swarm.time.between(SHORT, LONG);
    }

    static boolean crash(Swarm swarm) {
        var victim = victim(swarm);
        if (!sound(swarm).contains(victim)) {
            return false;
        }
        swarm.tally.count(Fault.REPLICA_CRASH);
        if (victim.leads()) {
            swarm.tally.count(Fault.LEADER_CRASH);
        }
        victim.crash();
        swarm.time.after(span(swarm), () -> revive(victim));
        return true;
    }

    static void revive(Replica replica) {
        if (!replica.host.up()) {
            replica.start();
        }
    }

    static boolean pause(Swarm swarm) {
        var victim = victim(swarm);
        if (!sound(swarm).contains(victim)) {
            return false;
        }
        swarm.tally.count(Fault.REPLICA_PAUSE);
        victim.host.pause();
        swarm.time.after(span(swarm), victim.host::resume);
        return true;
    }

    /** One replica and the two others do not reach each other. */
    static boolean isolate(Swarm swarm) {
        swarm.tally.count(Fault.REPLICA_PARTITION);
        var victim = victim(swarm);
        for (var other : swarm.replicas) {
            if (other != victim) {
                cut(swarm, victim.host, other.host, span(swarm));
                cut(swarm, other.host, victim.host, span(swarm));
            }
        }
        return true;
    }

    /** One replica does not hear another, or any. */
    static boolean deafen(Swarm swarm) {
        swarm.tally.count(Fault.REPLICA_PARTITION_ONE_WAY);
        var victim = victim(swarm);
        boolean all = swarm.time.oneIn(2);
        boolean deaf = swarm.time.oneIn(2);
        int first = swarm.time.below(Swarm.REPLICAS - 1);
        for (int n = first; n < first + (all ? 2 : 1); n++) {
            var other = swarm.replica((victim.ordinal + 1 + n % 2) % Swarm.REPLICAS);
            cut(swarm, deaf ? other.host : victim.host, deaf ? victim.host : other.host, span(swarm));
        }
        return true;
    }

    static void cut(Swarm swarm, Host from, Host to, int millis) {
        swarm.network.cut(from, to);
        swarm.time.after(millis, () -> swarm.network.heal(from, to));
    }

    /** Leadership is handed to another replica. */
    static boolean handOver(Swarm swarm) {
        var others = sound(swarm).stream().filter(one -> !one.leads()).toList();
        if (others.isEmpty()) {
            return false;
        }
        swarm.time.any(others).raft().campaign(true);
        return true;
    }

    /** A clock jumps: the wall clock either way, for a while; the monotonic one forward. */
    static boolean jump(Swarm swarm) {
        var victim = swarm.time.any(swarm.replicas);
        if (swarm.time.oneIn(3)) {
            swarm.tally.count(Fault.MONOTONIC_JUMP);
            victim.clocks.jump(swarm.time.between(100, 8_000));
        } else {
            swarm.tally.count(Fault.WALL_CLOCK_JUMP);
            victim.clocks.wall(swarm.time.between(-DAY_PARTS, DAY_PARTS));
            swarm.time.after(span(swarm), () -> victim.clocks.wall(0));
        }
        return true;
    }

    static boolean fill(Swarm swarm) {
        swarm.tally.count(Fault.VOLUME_FULL);
        var victim = victim(swarm);
        victim.full = true;
        swarm.time.after(span(swarm), () -> victim.full = false);
        return true;
    }
}
