package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.Step.End;
import io.claudeflow.swarm.hivemind.ledger.Task.Wish;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an attempt begins and ends, and what follows: another one, or the task's end. Every rule about retries is here. */
final class Attempts {
    private final LedgerState state;
    private final FlowRules flow;

    Attempts(LedgerState state) {
        this.state = state;
        this.flow = new FlowRules(state, this);
    }

    FlowRules flow() {
        return flow;
    }

    /** May run from now on: an agent's step waits for one, a Job's step for its Job. */
    Step ready(Task task, Step step) {
        if (task.suspended()) {
            return step.to(StepPhase.SUSPENDED, Step.NEVER);
        }
        var timeouts = task.spec().timeouts();
        if (task.spec().place().job() && state.drain() == null) {
            return step.begin(StepPhase.JOB_WANTED, after(timeouts.start()), resumes(task, step));
        }
        return step.to(StepPhase.WAITING, after(timeouts.queue()));
    }

    private static boolean resumes(Task task, Step step) {
        return task.spec().resume().enabled() && step.checkpoint() != null;
    }

    /** A step in the hands of an agent from now on; the caller has checked that it waits. */
    void assign(Task task, Step step, Assignment to) {
        long deadline = after(task.spec().timeouts().start());
        var begun = step.phase() == StepPhase.JOB_WANTED
                ? step.to(StepPhase.ASSIGNED, deadline)
                : step.begin(StepPhase.ASSIGNED, deadline, resumes(task, step));
        var assigned = begun.with(to);
        var noted = state.note(task.with(assigned), "Assigned", to, assigned.begun(), "assigned to " + to.agentName());
        var checkpoint = assigned.checkpoint();
        state.put(checkpoint == null || !resumes(task, step)
                ? noted
                : state.note(noted, "Resumed", to, assigned.begun(),
                        "goes on from checkpoint " + checkpoint.number()));
    }

    /** The agent began; the guard stands behind its own timeout. */
    void start(Task task, Step step) {
        var timeouts = task.spec().timeouts();
        long guard = timeouts.run() == null
                ? Step.NEVER
                : after(timeouts.run().plus(timeouts.grace()).plusMillis(state.leaseMillis));
        state.put(state.note(task.with(running(step, StepPhase.RUNNING, guard)), "Started", step.assignment(),
                step.begun(), "runs"));
    }

    /** The container of a foreign image began; nobody stands between it and its timeout. */
    void startedOutside(Task task, Step step) {
        state.put(state.note(
                task.with(running(step, StepPhase.JOB_RUNNING, after(task.spec().timeouts().run()))), "Started", null,
                step.begun(), "its container runs"));
    }

    private Step running(Step step, StepPhase phase, long until) {
        return step.started(state.wall()).to(phase, until).with(step.work().begun(state.time));
    }

    /** An attempt ended without success and counts: another one after a backoff, or the end. */
    void failed(Task task, Step step, Why why) {
        var lost = lost(step);
        if (task.wish() != null) {
            fulfilled(task, step, why.result, why.truncated);
        } else if (step.charged() >= task.spec().retries().limit()) {
            end(task, lost, TaskPhase.FAILED, why);
        } else {
            var retry = lost.charge().to(StepPhase.BACKOFF, state.time + backoff(task, step));
            state.put(state.note(task.with(suspended(task, retry)), "Retrying", step.assignment(), step.begun(),
                    why.message + "; tries again"));
        }
    }

    /** The agent is gone, with whatever it did. */
    void lost(Task task, Step step, Why why, boolean charge) {
        var noted = state.note(task, "AgentLost", step.assignment(), step.begun(), why.message);
        if (task.wish() != null) {
            fulfilled(noted, step, null, false);
        } else if (task.spec().retries().onLost() == OnLost.NEVER) {
            end(noted, lost(step), TaskPhase.FAILED, why);
        } else if (charge) {
            failed(noted, step, why);
        } else {
            state.put(noted.with(ready(task, lost(step))));
        }
    }

    /** It ended because it was asked to, or was given back unharmed; costs no retry. */
    void returned(Task task, Step step, String kind, String message) {
        if (task.wish() != null) {
            fulfilled(task, step, null, false);
            return;
        }
        state.put(
                state.note(task.with(ready(task, lost(step))), kind, step.assignment(), step.begun(), message));
    }

    /** The agent did not take it; it waits a little, so that nobody is asked again in the same breath. */
    void rejected(Task task, Step step, String message) {
        if (task.wish() != null) {
            fulfilled(task, step, null, false);
            return;
        }
        var backoff = task.spec().retries().backoff().toMillis();
        var again = lost(step).to(StepPhase.BACKOFF, state.time + backoff);
        state.put(state.note(task.with(suspended(task, again)), "HandedBack", step.assignment(), step.begun(),
                message));
    }

    private Step lost(Step step) {
        return step.with(step.work().lost(state.time));
    }

    private static Step suspended(Task task, Step step) {
        return task.suspended() ? step.to(StepPhase.SUSPENDED, Step.NEVER) : step;
    }

    void completed(Task task, Step step, @Nullable String result, boolean truncated) {
        end(task, step.with(step.work().kept()), TaskPhase.COMPLETED, new Why(null, "completed", result, truncated));
    }

    /** A step has ended after the end of its task was wanted; what it said last is kept. */
    void fulfilled(Task task, Step step, @Nullable String result, boolean truncated) {
        var wish = Objects.requireNonNull(task.wish());
        if (step.path().isEmpty()) {
            conclude(task, lost(step), phase(wish), new Why(reason(wish), wish.reason(), result, truncated));
        } else {
            quiet(task.with(lost(step).ended(new End(End.Kind.CANCELLED, result, truncated, wish.reason()))));
        }
    }

    /** Ends a task whose end is wanted once nothing of it is held any more; until then it is only stored. */
    void quiet(Task task) {
        var wish = Objects.requireNonNull(task.wish());
        if (task.steps().stream().anyMatch(step -> step.phase().held())) {
            state.put(task);
        } else {
            conclude(task, task.root(), phase(wish), new Why(reason(wish), wish.reason(), null, false));
        }
    }

    private static TaskPhase phase(Wish wish) {
        return switch (wish.kind()) {
            case CANCEL, FORGET -> TaskPhase.CANCELLED;
            case DEADLINE, SUBTASK_FAILED -> TaskPhase.FAILED;
        };
    }

    private static String reason(Wish wish) {
        return switch (wish.kind()) {
            case CANCEL, FORGET -> "Cancelled";
            case DEADLINE -> "DeadlineExceeded";
            case SUBTASK_FAILED -> "SubtaskFailed";
        };
    }

    /** Asks for a task's end: at once when nobody holds any of it, else the agents are asked and the guards wait. */
    void end(Task task, Wish wish) {
        var wished = task.with(wish);
        for (var step : task.steps()) {
            wished = wished.with(stopped(task, step, wish));
        }
        quiet(wished);
    }

    /** As {@link #suspend}, and for good. */
    private Step stopped(Task task, Step step, Wish wish) {
        var left = suspend(task, step);
        if (left.phase().held() || left.phase() == StepPhase.FINISHED) {
            return left;
        }
        return step.path().isEmpty()
                ? left.to(StepPhase.SUSPENDED, Step.NEVER)
                : left.ended(new End(End.Kind.CANCELLED, null, false, wish.reason()));
    }

    /** Stops a step for the time being: at once when nobody holds it, else its agent is asked. */
    Step suspend(Task task, Step step) {
        return switch (step.phase()) {
            case WAITING, BACKOFF, JOB_WANTED, JOB_RUNNING -> lost(step).to(StepPhase.SUSPENDED, Step.NEVER);
            case ASSIGNED, RUNNING -> step.to(StepPhase.CANCELLING, guard(task));
            case BLOCKED, DECIDING, QUEUED, SUSPENDED, CANCELLING, FINISHED -> step;
        };
    }

    private long guard(Task task) {
        return after(task.spec().timeouts().grace().plusMillis(state.leaseMillis));
    }

    /** A step has ended for good: the task with it, or what follows in its graph. */
    void end(Task task, Step step, TaskPhase phase, Why why) {
        if (step.path().isEmpty()) {
            conclude(task, step, phase, why);
            return;
        }
        var kind = switch (phase) {
            case COMPLETED -> End.Kind.COMPLETED;
            case CANCELLED -> End.Kind.CANCELLED;
            case FAILED, PENDING, RUNNING, SUSPENDED -> End.Kind.FAILED;
        };
        var ended = task.with(step.ended(new End(kind, why.result, why.truncated, why.message)));
        flow.proceed(state.note(ended, kind == End.Kind.COMPLETED ? "StepCompleted" : "StepFailed", step.assignment(),
                step.begun(), new Graph(ended).shown(step) + ": " + why.message));
    }

    /** The task has ended. */
    void conclude(Task task, Step root, TaskPhase phase, Why why) {
        var outcome = new Outcome(phase, why.result, why.truncated, why.reason, why.message, state.wall(), state.time);
        var kind = switch (phase) {
            case COMPLETED -> "Completed";
            case CANCELLED -> "Cancelled";
            case FAILED, PENDING, RUNNING, SUSPENDED -> "Failed";
        };
        var ended = task.with(root.to(StepPhase.FINISHED, Step.NEVER)).with(outcome);
        state.put(state.note(ended, kind, root.assignment(), root.begun(), why.message));
        if (task.wish() != null && task.wish().kind() == Wish.Kind.FORGET) {
            var last = state.task(task.uid());
            if (last != null) {
                state.forget(last);
            }
        }
    }

    private long backoff(Task task, Step step) {
        var retries = task.spec().retries();
        long base = Math.max(1, retries.backoff().toMillis());
        long most = Math.max(base, retries.maxBackoff().toMillis());
        int doublings = Math.min(step.charged(), 30);
        long plain = base > most >> doublings || !state.takeRetry() ? most : base << doublings;
        long random = mix(state.salt ^ ((long) task.uid().hashCode() << 32) ^ step.begun());
        return Math.max(1, plain * 8 / 10 + Math.floorMod(random, Math.max(1, plain * 4 / 10)));
    }

    /** Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014), the mixing function. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private long after(@Nullable Duration duration) {
        return duration == null ? Step.NEVER : state.after(duration);
    }

    /** Why an attempt or a task ended. */
    record Why(@Nullable String reason, String message, @Nullable String result, boolean truncated) {
        static Why of(String reason, String message) {
            return new Why(reason, message, null, false);
        }
    }
}
