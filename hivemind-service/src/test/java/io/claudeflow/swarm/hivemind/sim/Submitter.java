package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.CancelTask;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SubmitTask;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/** A client that submits tasks under UIDs of its own until they are acknowledged, and cancels some. */
final class Submitter {
    private static final int DEADLINE = 1_000;

    final Host host;
    final Caller caller;
    private final Swarm swarm;
    private final List<String> acknowledged = new ArrayList<>();

    Submitter(Swarm swarm, Host host) {
        this.swarm = swarm;
        this.host = host;
        caller = new Caller(swarm, host, false);
    }

    void submit(String uid, TaskSpec spec) {
        var command = new SubmitTask(uid, TaskOrigin.CLIENT, "ns", "request-" + uid, "", 1, spec, "");
        swarm.witness.requested(uid, spec);
        caller.ask(command, DEADLINE, _ -> {
            acknowledged.add(uid);
            swarm.witness.acknowledged(uid);
        });
    }

    /** Cancels one of its tasks; false: there is none yet. */
    boolean cancelAny() {
        if (acknowledged.isEmpty()) {
            return false;
        }
        // Mostly a late one, which still has something to lose.
        int from = swarm.time.oneIn(4) ? 0 : Math.max(0, acknowledged.size() - 5);
        var uid = acknowledged.get(swarm.time.between(from, acknowledged.size()));
        swarm.witness.cancelled(uid);
        caller.ask(new CancelTask(uid, "not needed"), DEADLINE, _ -> {});
        return true;
    }
}
