package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Agents, tasks and reports for tests of the hive-mind. */
public final class Samples {
    public static final TaskSpec SPEC = spec(Duration.ofSeconds(10), null,
            new Retries(2, Duration.ofSeconds(1), Duration.ofSeconds(3), OnLost.RETRY));

    private Samples() {}

    public static TaskSpec spec(@Nullable Duration timeout, @Nullable Duration queueTimeout, Retries retries) {
        return spec(new Timeouts(timeout, queueTimeout, Duration.ofSeconds(60), null, null, Duration.ofSeconds(5)),
                retries, Resume.NEVER, StepPlace.AGENT);
    }

    public static TaskSpec spec(Timeouts timeouts, Retries retries, Resume resume, StepPlace place) {
        return new TaskSpec("shell", "echo hi", Map.of("a", "1"), Map.of(), 50, Matching.ANY, timeouts, retries,
                resume, place, Workflow.NONE);
    }

    public static AgentDeclaration agent(String uid, int max) {
        return new AgentDeclaration(uid, "c-coder-" + uid, "pod-" + uid, "coder", 50, List.of(), List.of(), Map.of(),
                max, true, 1, null);
    }

    public static Assignment assignment(String uid) {
        return new Assignment(uid, "c-coder-" + uid, "pod-" + uid, "session-" + uid);
    }

    public static LedgerCommand.Submit submit(String uid, TaskOrigin origin, TaskSpec spec) {
        return new LedgerCommand.Submit(new Task.About(uid, origin, "ns", "task-" + uid, "", 1, spec, ""), null);
    }

    public static LedgerCommand.StepFinished finished(String task, int attempt, String agent,
            LedgerCommand.Ending ending) {
        int exit = ending == LedgerCommand.Ending.SUCCEEDED ? 0 : 1;
        return new LedgerCommand.StepFinished(new StepKey(task, "", attempt), agent, ending, exit,
                "out of " + attempt, false, 5, "");
    }
}
