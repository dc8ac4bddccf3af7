package io.claudeflow.swarm.benchmarks.scheduler;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.scheduler.Place;
import io.claudeflow.swarm.hivemind.scheduler.Placement;
import io.claudeflow.swarm.hivemind.scheduler.Scheduler;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A scheduler with agents that have places left and tasks that wait: full of work to decide on. */
final class Swarm {
    private static final String CLUSTER = "demo";
    private static final List<String> TYPES = List.of("coder", "tester", "analyst", "reviewer");
    private static final Step WAITING = new Step("", StepPhase.WAITING, new Step.Count(0, 0, 0, 0), Step.NEVER, null,
            null, new Step.Work(null, Step.NEVER, 0), null, null, null);

    final Scheduler scheduler = new Scheduler(CLUSTER);
    private final Tasks tasks;
    private final int agents;
    private final int wishes;
    private int submitted;

    /** What the tasks are like. */
    enum Tasks {
        /** All alike, of one submitter. */
        PLAIN(1, 1, false),
        /** 256 different wishes, each of which any agent may do. */
        WISHES(256, 1, false),
        /** Each task names the agent that is to do it. */
        NAMED(1, 1, true),
        /** 1,000 submitters. */
        SUBMITTERS(1, 1_000, false);

        private final int wishes;
        private final int submitters;
        private final boolean named;

        Tasks(int wishes, int submitters, boolean named) {
            this.wishes = wishes;
            this.submitters = submitters;
            this.named = named;
        }
    }

    Swarm(Tasks tasks, int agents, int queued) {
        this(tasks, agents, queued, tasks.wishes);
    }

    Swarm(Tasks tasks, int agents, int queued, int wishes) {
        this.tasks = tasks;
        this.agents = agents;
        this.wishes = wishes;
        for (int n = 0; n < agents; n++) {
            join(n);
        }
        for (int n = 0; n < queued; n++) {
            submit();
        }
    }

    void join(int n) {
        var type = TYPES.get(n % TYPES.size());
        var name = CLUSTER + "-" + type + "-" + n;
        var declaration = new AgentDeclaration(name, name, "pod-" + name, type, 50, List.of("shell", type),
                List.of("skill-" + n % 8), Map.of("tier", "main"), 4, true, 1, null);
        scheduler.join(new Agent(declaration, n, 0, false), new Assignment(name, name, "pod-" + name, "s"), n % 3,
                Place.ANYWHERE);
    }

    void leave(int n) {
        scheduler.leave(CLUSTER + "-" + TYPES.get(n % TYPES.size()) + "-" + n);
    }

    /** Places one, leaves its place again and queues another. */
    Placement decide() {
        var placed = scheduler.place(1).getFirst();
        scheduler.release(placed.to().agentUid());
        submit();
        return placed;
    }

    private void submit() {
        int n = submitted++;
        var selector = tasks.named
                ? Map.of("name", TYPES.get(n % agents % TYPES.size()) + "-" + n % agents)
                : Map.<String, String>of();
        var spec = new TaskSpec("shell", "", Map.of(), Map.of(), n * 37 % 101,
                new Matching(null, List.of("shell"), List.of("skill-" + n % wishes), selector), Timeouts.DEFAULT,
                Retries.DEFAULT, Resume.NEVER, StepPlace.AGENT, Workflow.NONE);
        var about = new Task.About("t" + n, TaskOrigin.CLIENT, "ns", "t", "submitter-" + n % tasks.submitters, 1, spec,
                "");
        scheduler.add(new Task(about, new Task.Birth(n, Instant.EPOCH, n, Step.NEVER), n, List.of(WAITING), false, null,
                null, List.of()), WAITING);
    }
}
