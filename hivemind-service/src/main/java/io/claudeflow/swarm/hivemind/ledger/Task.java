package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.JobAttempt;
import io.claudeflow.swarm.mesh.hivemind.Saved;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task with its steps, as the ledger holds it.
 *
 * @param about       what the submitter said last
 * @param birth       when it came
 * @param seq         of its last change
 * @param steps       by path; step "" is the task itself and decides it
 * @param suspended   whether nothing of it is to run for the time being
 * @param wish        set once its end is wanted
 * @param outcome     set once it has ended
 * @param transitions the last {@value #TRANSITIONS}, oldest first
 */
public record Task(About about, Birth birth, long seq, List<Step> steps, boolean suspended, @Nullable Wish wish,
        @Nullable Outcome outcome, List<TaskTransition> transitions) {
    /** How many transitions a task keeps. */
    public static final int TRANSITIONS = 16;

    public Task {
        steps = List.copyOf(steps);
        transitions = List.copyOf(transitions);
    }

    /**
     * What the submitter said.
     *
     * @param submitter on whose account it is
     */
    public record About(String uid, TaskOrigin origin, String namespace, String name, String submitter,
            long generation, TaskSpec spec, String traceparent) {
        About at(long next, int priority) {
            return new About(uid, origin, namespace, name, submitter, next, spec.withPriority(priority), traceparent);
        }

        About in(Topology topology) {
            return new About(uid, origin, namespace, name, submitter, generation,
                    spec.with(spec.workflow().in(topology)),
                    traceparent);
        }
    }

    /**
     * Its submission.
     *
     * @param order    the sequence number
     * @param at       as shown to people
     * @param time     logged milliseconds
     * @param deadline logged milliseconds of the task's deadline, {@link Step#NEVER}: none
     */
    public record Birth(long order, Instant at, long time, long deadline) {}

    /** Its end is wanted. */
    public record Wish(Kind kind, String reason) {
        /** Why. */
        public enum Kind {
            /** Somebody said so. */
            CANCEL,
            /** Its resource is gone: it leaves the ledger with its end, without an acknowledgement. */
            FORGET,
            /** Its deadline has passed. */
            DEADLINE,
            /** A subtask that matters has failed. */
            SUBTASK_FAILED
        }
    }

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

    /** About how many characters and bytes it holds of what submitters and agents have sent. */
    long size() {
        long size = spec().size() + (outcome == null || outcome.result() == null ? 0 : outcome.result().length());
        for (var step : steps) {
            var checkpoint = step.checkpoint();
            size += step.said().length() + (checkpoint == null ? 0 : checkpoint.data().size());
        }
        return size;
    }

    /** The key of the attempt that a step is in, or of its next one while none is under way. */
    public StepKey key(Step step) {
        boolean present = step.phase().underWay() || step.phase() == StepPhase.FINISHED;
        return new StepKey(uid(), step.path(), present ? step.begun() : step.begun() + 1);
    }

    public boolean terminal() {
        return outcome != null;
    }

    public TaskPhase phase() {
        if (outcome != null) {
            return outcome.phase();
        }
        if (steps.stream().anyMatch(step -> step.phase().running())) {
            return TaskPhase.RUNNING;
        }
        return suspended ? TaskPhase.SUSPENDED : TaskPhase.PENDING;
    }

    /** The state as members of the bus see it. */
    public TaskState state() {
        var root = root();
        var agents = agents();
        var progress = progress();
        return new TaskState(uid(), about.origin(), about.namespace(), about.name(), about.generation(), seq, phase(),
                steps.stream().mapToInt(Step::begun).sum(), agents, progress == null ? null : progress.percent(),
                progress == null ? null : progress.message(), birth.at(), startedAt(),
                outcome == null ? null : outcome.finishedAt(), root.exitCode(),
                outcome == null ? null : outcome.result(), outcome != null && outcome.truncated(),
                outcome == null ? null : outcome.reason(), outcome == null ? null : outcome.message(), saved(root),
                jobs(), new Graph(this).states(), transitions);
    }

    /** Those that work on it; when nobody does, those that did last. */
    private List<String> agents() {
        var held = steps.stream().map(Step::holder).filter(Objects::nonNull).map(Assignment::agentName);
        var names = held.distinct().toList();
        return names.isEmpty()
                ? steps.stream()
                        .map(Step::assignment)
                        .filter(Objects::nonNull)
                        .map(Assignment::agentName)
                        .distinct()
                        .toList()
                : names;
    }

    /** What the task itself reports; of a graph, how much of it has ended. */
    private Step.@Nullable Progress progress() {
        var own = root().progress();
        if (spec().workflow().none() || own != null) {
            return own;
        }
        long parts = steps.size() - (spec().script().isEmpty() ? 1 : 0);
        long done = steps.stream().filter(step -> step.end() != null).count();
        return new Step.Progress((int) (100 * done / parts), done + " of " + parts + " steps have ended");
    }

    /** When the first attempt of any step began; null: none has. */
    @Nullable
    Instant startedAt() {
        return steps.stream().map(Step::startedAt).filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
    }

    private static Saved saved(Step step) {
        var checkpoint = step.checkpoint();
        return new Saved(step.count().resumed(), checkpoint == null ? null : checkpoint.number(),
                checkpoint == null ? null : checkpoint.takenAt(), Duration.ofMillis(step.work().lostMillis()));
    }

    private List<JobAttempt> jobs() {
        return spec().place().job()
                ? steps.stream()
                        .filter(step -> step.phase().underWay())
                        .map(step -> new JobAttempt(key(step), step.phase() != StepPhase.JOB_WANTED))
                        .toList()
                : List.of();
    }

    Task with(Step changed) {
        var next = new ArrayList<Step>(steps.size());
        for (var step : steps) {
            next.add(step.path().equals(changed.path()) ? changed : step);
        }
        return new Task(about, birth, seq, next, suspended, wish, outcome, transitions);
    }

    Task with(About said, boolean waits) {
        return new Task(said, birth, seq, steps, waits, wish, outcome, transitions);
    }

    Task with(Wish wanted) {
        return new Task(about, birth, seq, steps, suspended, wanted, outcome, transitions);
    }

    Task with(Outcome end) {
        return new Task(about, birth, seq, steps, suspended, wish, end, transitions);
    }

    Task at(long changed) {
        return new Task(about, birth, changed, steps, suspended, wish, outcome, transitions);
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
        return new Task(about, birth, transition.seq(), steps, suspended, wish, outcome, next);
    }
}
