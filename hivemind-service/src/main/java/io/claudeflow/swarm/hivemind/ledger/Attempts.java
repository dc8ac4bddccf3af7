package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt begins and ends, and what follows: another one, or the task's end. Every rule about retries is here. */
final class Attempts {
    private final LedgerState state;

    Attempts(LedgerState state) {
        this.state = state;
    }

    /** A step in the hands of an agent from now on; the caller has checked that it waits. */
    void assign(Task task, Step step, Assignment to) {
        var assigned = step.assigned(to, after(task.spec().startTimeout()));
        state.put(state.note(task.with(assigned), "Assigned", to, assigned.begun(), "assigned to " + to.agentName()));
    }

    /** The agent began; the guard stands behind its own timeout. */
    void start(Task task, Step step) {
        var timeout = task.spec().timeout();
        long guard = timeout == null
                ? Step.NEVER
                : after(timeout.plus(task.spec().grace()).plusMillis(state.leaseMillis));
        state.put(state.note(task.with(step.started(state.wall(), guard)), "Started", step.assignment(), step.begun(),
                "runs"));
    }

    /** An attempt ended without success and counts: another one after a backoff, or the end. */
    void failed(Task task, Step step, Why why) {
        if (task.cancel() != null) {
            cancelled(task, step, why.result, why.truncated);
        } else if (step.charged() >= task.spec().retries().limit()) {
            end(task, step, TaskPhase.FAILED, why);
        } else {
            var retry = step.charge().to(StepPhase.BACKOFF, state.time + backoff(task, step));
            state.put(state.note(task.with(retry), "Retrying", step.assignment(), step.begun(),
                    why.message + "; tries again"));
        }
    }

    /** The agent is gone, with whatever it did. */
    void lost(Task task, Step step, Why why, boolean charge) {
        var noted = state.note(task, "AgentLost", step.assignment(), step.begun(), why.message);
        if (task.cancel() != null) {
            cancelled(noted, step, null, false);
        } else if (task.spec().retries().onLost() == OnLost.NEVER) {
            end(noted, step, TaskPhase.FAILED, why);
        } else if (charge) {
            failed(noted, step, why);
        } else {
            state.put(noted.with(waiting(task, step)));
        }
    }

    /** The agent gave it back unharmed; costs no retry. */
    void returned(Task task, Step step, String message) {
        if (task.cancel() != null) {
            cancelled(task, step, null, false);
            return;
        }
        state.put(state.note(task.with(waiting(task, step)), "HandedBack", step.assignment(), step.begun(), message));
    }

    /** The agent did not take it; it waits a little, so that nobody is asked again in the same breath. */
    void rejected(Task task, Step step, String message) {
        if (task.cancel() != null) {
            cancelled(task, step, null, false);
            return;
        }
        var backoff = task.spec().retries().backoff().toMillis();
        state.put(state.note(task.with(step.to(StepPhase.BACKOFF, state.time + backoff)), "HandedBack",
                step.assignment(), step.begun(), message));
    }

    /** May be assigned from now on. */
    Step waiting(Task task, Step step) {
        var queue = task.spec().queueTimeout();
        return step.to(StepPhase.WAITING, queue == null ? Step.NEVER : after(queue));
    }

    void completed(Task task, Step step, @Nullable String result, boolean truncated) {
        end(task, step, TaskPhase.COMPLETED, new Why(null, "completed", result, truncated));
    }

    /** The wish to end it has come true. */
    void cancelled(Task task, Step step, @Nullable String result, boolean truncated) {
        var cancel = task.cancel();
        var message = cancel == null ? "ended by its agent" : cancel.reason();
        end(task, step, TaskPhase.CANCELLED, new Why("Cancelled", message, result, truncated));
    }

    /** Asks for an end: at once when nobody holds it, else the agent is asked and the guard waits. */
    void cancel(Task task, Task.Cancel wish) {
        var wished = task.with(wish);
        var step = wished.root();
        if (step.phase() == StepPhase.CANCELLING) {
            state.put(wished);
        } else if (step.phase().held()) {
            long guard = after(task.spec().grace().plusMillis(state.leaseMillis));
            state.put(wished.with(step.to(StepPhase.CANCELLING, guard)));
        } else {
            cancelled(wished, step, null, false);
        }
    }

    void end(Task task, Step step, TaskPhase phase, Why why) {
        var outcome = new Outcome(phase, why.result, why.truncated, why.reason, why.message, state.wall(), state.time);
        var kind = switch (phase) {
            case COMPLETED -> "Completed";
            case CANCELLED -> "Cancelled";
            case FAILED, PENDING, RUNNING -> "Failed";
        };
        var ended = task.with(step.to(StepPhase.FINISHED, Step.NEVER)).with(outcome);
        state.put(state.note(ended, kind, step.assignment(), step.begun(), why.message));
        if (task.cancel() != null && task.cancel().forget()) {
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
        long plain = base > most >> doublings ? most : base << doublings;
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

    private long after(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        return millis >= Step.NEVER - state.time ? Step.NEVER : state.time + millis;
    }

    /** Why an attempt or a task ended. */
    record Why(@Nullable String reason, String message, @Nullable String result, boolean truncated) {
        static Why of(String reason, String message) {
            return new Why(reason, message, null, false);
        }
    }
}
