package io.claudeflow.swarm.hivemind.sim;

import java.util.ArrayList;
import java.util.List;

/** What befalls those who ask, and the network as a whole. Every trouble ends by itself. */
final class CallerTrouble {
    private static final int LONG = 8_000;

    private CallerTrouble() {}

    /** The operator or the submitter does not reach a replica, or is not reached by it. */
    static boolean cut(Swarm swarm) {
        swarm.tally.count(Fault.CALLER_PARTITION);
        var callers = new ArrayList<>(List.of(swarm.operator.host, swarm.submitter.host));
        swarm.clients.forEach(client -> callers.add(client.host));
        var caller = swarm.time.any(callers);
        var replica = swarm.time.any(swarm.replicas).host;
        int ways = swarm.time.below(3);
        if (ways != 0) {
            ReplicaTrouble.cut(swarm, caller, replica, swarm.time.between(500, LONG));
        }
        if (ways != 1) {
            ReplicaTrouble.cut(swarm, replica, caller, swarm.time.between(500, LONG));
        }
        return true;
    }

    static boolean loseClient(Swarm swarm) {
        swarm.tally.count(Fault.CLIENT_STREAM_LOST);
        swarm.time.any(swarm.clients).lose();
        return true;
    }

    static boolean restart(Swarm swarm) {
        if (!swarm.operator.host.up()) {
            return false;
        }
        swarm.tally.count(Fault.OPERATOR_RESTART);
        swarm.operator.restart(swarm.time.between(100, LONG));
        return true;
    }

    static boolean slow(Swarm swarm) {
        swarm.network.slow(swarm.time.between(50, 2_000));
        swarm.time.after(swarm.time.between(500, LONG), () -> swarm.network.slow(0));
        return true;
    }

    static boolean duplicate(Swarm swarm) {
        swarm.network.duplicates(true);
        swarm.time.after(swarm.time.between(500, LONG), () -> swarm.network.duplicates(false));
        return true;
    }
}
