package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task with its steps, as the ledger holds it.
 *
 * @param about       what the submitter said
 * @param order       the sequence number of its submission: its age
 * @param seq         of its last change
 * @param submittedAt as shown to people
 * @param steps       by path; step "" is the task itself and decides it
 * @param cancel      set once somebody wants its end
 * @param outcome     set once it has ended
 * @param transitions the last {@value #TRANSITIONS}, oldest first
 */
public record Task(About about, long order, long seq, Instant submittedAt, List<Step> steps, @Nullable Cancel cancel,
        @Nullable Outcome outcome, List<TaskTransition> transitions) {
    /** How many transitions a task keeps. */
    public static final int TRANSITIONS = 16;

    public Task {
        steps = List.copyOf(steps);
        transitions = List.copyOf(transitions);
    }

    /** What the submitter said. */
    public record About(String uid, TaskOrigin origin, String namespace, String name, long generation, TaskSpec spec,
            String traceparent) {}

    /**
     * Somebody wants its end.
     *
     * @param forget whether it leaves the ledger with its end, without an acknowledgement
     */
    public record Cancel(String reason, boolean forget) {}

    public String uid() {
        return about.uid();
    }

    public TaskSpec spec() {
        return about.spec();
    }

    /** The step that decides the task. */
    public Step root() {
        return Objects.requireNonNull(step(""));
    }

    /** The step with that path, or null. */
    public @Nullable Step step(String path) {
        for (var step : steps) {
            if (step.path().equals(path)) {
                return step;
            }
        }
        return null;
    }

    /** The key of the attempt that a step is in, or of its next one while nobody holds it. */
    public StepKey key(Step step) {
        boolean present = step.phase().held() || step.phase() == StepPhase.FINISHED;
        return new StepKey(uid(), step.path(), present ? step.begun() : step.begun() + 1);
    }

    public boolean terminal() {
        return outcome != null;
    }

    public TaskPhase phase() {
        if (outcome != null) {
            return outcome.phase();
        }
        boolean running = steps.stream()
                .anyMatch(step -> step.phase() == StepPhase.RUNNING || step.phase() == StepPhase.CANCELLING);
        return running ? TaskPhase.RUNNING : TaskPhase.PENDING;
    }

    /** The state as members of the bus see it. */
    public TaskState state() {
        var root = root();
        var agents = steps.stream().map(Step::assignment).filter(Objects::nonNull).map(Assignment::agentName).toList();
        var progress = root.progress();
        return new TaskState(uid(), about.origin(), about.namespace(), about.name(), about.generation(), seq, phase(),
                root.begun(), agents, progress == null ? null : progress.percent(),
                progress == null ? null : progress.message(), submittedAt, root.startedAt(),
                outcome == null ? null : outcome.finishedAt(), root.exitCode(),
                outcome == null ? null : outcome.result(), outcome != null && outcome.truncated(),
                outcome == null ? null : outcome.reason(), outcome == null ? null : outcome.message(), transitions);
    }

    Task with(Step changed) {
        var next = new ArrayList<Step>(steps.size());
        for (var step : steps) {
            next.add(step.path().equals(changed.path()) ? changed : step);
        }
        return new Task(about, order, seq, submittedAt, next, cancel, outcome, transitions);
    }

    Task with(Cancel wish) {
        return new Task(about, order, seq, submittedAt, steps, wish, outcome, transitions);
    }

    Task with(Outcome end) {
        return new Task(about, order, seq, submittedAt, steps, cancel, end, transitions);
    }

    Task at(long changed) {
        return new Task(about, order, changed, submittedAt, steps, cancel, outcome, transitions);
    }

    /** Adds a transition; a checkpoint after a checkpoint takes its place, so that they do not drive out the rest. */
    Task with(TaskTransition transition) {
        var next = new ArrayList<>(transitions);
        if (!next.isEmpty() && transition.kind().equals("Checkpointed")
                && next.getLast().kind().equals("Checkpointed")) {
            next.removeLast();
        }
        next.add(transition);
        if (next.size() > TRANSITIONS) {
            next.removeFirst();
        }
        return new Task(about, order, transition.seq(), submittedAt, steps, cancel, outcome, next);
    }
}
