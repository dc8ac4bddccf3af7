package io.claudeflow.swarm.hivemind.sim;

import java.util.List;

/** What befalls agents. Every trouble ends by itself. */
final class AgentTrouble {
    private static final int LONG = 12_000;

    private AgentTrouble() {}

    private static boolean sound(SimAgent agent) {
        return agent.host.up() && !agent.host.paused();
    }

    static boolean kill(Swarm swarm) {
        var agent = swarm.time.any(swarm.agents);
        if (!sound(agent)) {
            return false;
        }
        swarm.tally.count(Fault.AGENT_CRASH);
        agent.crash(swarm.time.between(100, LONG));
        return true;
    }

    static boolean freeze(Swarm swarm) {
        var agent = swarm.time.any(swarm.agents);
        if (!sound(agent)) {
            return false;
        }
        swarm.tally.count(Fault.AGENT_FREEZE);
        agent.host.pause();
        swarm.time.after(swarm.time.between(500, LONG), agent.host::resume);
        return true;
    }

    static boolean loseStream(Swarm swarm) {
        var agent = swarm.time.any(swarm.agents);
        if (!sound(agent)) {
            return false;
        }
        swarm.tally.count(Fault.AGENT_STREAM_LOST);
        agent.loseStream();
        return true;
    }

    static boolean stop(Swarm swarm) {
        var agent = swarm.time.any(swarm.agents);
        if (!sound(agent)) {
            return false;
        }
        swarm.tally.count(Fault.AGENT_STOP);
        agent.stop(swarm.time.between(200, 4_000), swarm.time.between(100, 3_000));
        return true;
    }

    static boolean replace(Swarm swarm) {
        var agent = swarm.time.any(swarm.agents);
        if (!sound(agent) || !swarm.operator.replacePod(agent)) {
            return false;
        }
        swarm.tally.count(Fault.POD_REPLACED);
        return true;
    }

    /** An agent does not hear a replica, or is not heard by it, or both; sometimes that goes for all replicas. */
    static boolean cut(Swarm swarm) {
        swarm.tally.count(Fault.AGENT_PARTITION);
        var agent = swarm.time.any(swarm.agents);
        int ways = swarm.time.below(3);
        var to = swarm.time.oneIn(3) ? swarm.replicas : List.of(swarm.time.any(swarm.replicas));
        for (var replica : to) {
            if (ways != 0) {
                ReplicaTrouble.cut(swarm, agent.host, replica.host, swarm.time.between(500, LONG));
            }
            if (ways != 1) {
                ReplicaTrouble.cut(swarm, replica.host, agent.host, swarm.time.between(500, LONG));
            }
        }
        return true;
    }
}
