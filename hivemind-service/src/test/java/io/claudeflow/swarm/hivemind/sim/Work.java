package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a swarm is there for. */
final class Work {
    /** Retries that no history uses up. */
    static final int MANY = 1_000;
    /** A start timeout that no history brings about. */
    static final Duration PATIENT = Duration.ofSeconds(60);

    private static final Resume RESUME = new Resume(true, null, List.of());

    private Work() {}

    static boolean apply(Swarm swarm) {
        swarm.operator.apply("k" + swarm.witness.requested().size(),
                spec(swarm.time, place(swarm.time), flow(swarm.time)));
        return true;
    }

    static boolean submit(Swarm swarm) {
        swarm.submitter.submit("c" + swarm.witness.requested().size(),
                spec(swarm.time, StepPlace.AGENT, Workflow.NONE));
        return true;
    }

    private static StepPlace place(Timeline time) {
        return time.oneIn(6) ? StepPlace.JOB : time.oneIn(10) ? StepPlace.FOREIGN_JOB : StepPlace.AGENT;
    }

    private static Workflow flow(Timeline time) {
        return time.oneIn(8) ? Graphs.any(time) : Workflow.NONE;
    }

    private static TaskSpec spec(Timeline time, StepPlace place, Workflow workflow) {
        boolean never = time.oneIn(5);
        int limit = never ? 0 : time.oneIn(4) ? time.below(3) : MANY;
        var retries = new Retries(limit, Duration.ofMillis(50), Duration.ofSeconds(1),
                never ? OnLost.NEVER : OnLost.RETRY);
        // Mostly no timeout: a step that its agent has forgotten would stay for ever.
        var timeout = time.oneIn(6) ? Duration.ofMillis(time.between(500, 4_000)) : null;
        var queue = time.oneIn(4) ? Duration.ofMillis(time.between(20, 6_000)) : null;
        var matching = new Matching(time.oneIn(3) ? "coder" : null, List.of(), List.of(), Map.of());
        // A pod needs longer to begin than an agent.
        int least = place.job() ? 10_000 : 200;
        var start = time.oneIn(6) ? Duration.ofMillis(time.between(least, least + 3_000)) : PATIENT;
        var deadline = time.oneIn(8) ? Duration.ofSeconds(time.between(2, 40)) : null;
        var timeouts = new Timeouts(timeout, queue, start, null, deadline, Duration.ofSeconds(1));
        var script = !workflow.none() && time.oneIn(2) ? "" : "echo hi";
        return new TaskSpec("shell", script, Map.of(), Map.of(), time.below(101), matching, timeouts, retries,
                time.oneIn(2) ? RESUME : Resume.NEVER, place, workflow);
    }

    /** One replica writes a snapshot and forgets most of the log before it. */
    static boolean snapshot(Swarm swarm) {
        var running = swarm.replicas.stream().filter(one -> one.host.up() && !one.host.paused()).toList();
        if (running.isEmpty()) {
            return false;
        }
        swarm.time.any(running).snapshot(swarm.time.oneIn(3) ? 50 : 0);
        return true;
    }
}
