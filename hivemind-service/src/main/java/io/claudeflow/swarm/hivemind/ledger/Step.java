package io.claudeflow.swarm.hivemind.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a task.
 *
 * @param path       empty for the task itself
 * @param phase      where it stands; says what {@code deadline} means
 * @param count      its attempts so far
 * @param deadline   logged milliseconds, {@link #NEVER}: none
 * @param assignment who holds it, or held it last
 * @param progress   the last report of any attempt
 * @param work       what is kept of its attempts, and what was lost
 * @param startedAt  when the first attempt began, as shown to people
 * @param exitCode   of the last attempt that reported
 * @param end        how a subtask's step ended; null while it has not, and always for the task's own, which has an outcome
 */
public record Step(String path, StepPhase phase, Count count, long deadline, @Nullable Assignment assignment,
        @Nullable Progress progress, Work work, @Nullable Instant startedAt, @Nullable Integer exitCode,
        @Nullable End end) {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * Attempts.
     *
     * @param begun   the present one while an agent holds it
     * @param stored  the last one whose result was stored, 0: none
     * @param charged retries that count towards the limit
     * @param resumed those that began from a checkpoint
     */
    public record Count(int begun, int stored, int charged, int resumed) {
        static final Count NONE = new Count(0, 0, 0, 0);
    }

    /** A report of how far a step has come; percent null: unknown. */
    public record Progress(@Nullable Integer percent, String message) {}

    /** What a later attempt begins from; numbered over all attempts. */
    public record Checkpoint(long number, Blob data, Instant takenAt) {}

    /**
     * What is kept of a step's attempts.
     *
     * @param since      logged milliseconds since when the present attempt works without a checkpoint; {@link #NEVER}: it does not
     * @param lostMillis run time of attempts that ended without a result since their last checkpoint
     */
    public record Work(@Nullable Checkpoint checkpoint, long since, long lostMillis) {
        static final Work NONE = new Work(null, NEVER, 0);

        Work begun(long time) {
            return new Work(checkpoint, time, lostMillis);
        }

        Work saved(Checkpoint next, long time) {
            return new Work(next, since == NEVER ? NEVER : time, lostMillis);
        }

        Work kept() {
            return new Work(checkpoint, NEVER, lostMillis);
        }

        Work lost(long time) {
            return new Work(checkpoint, NEVER, lostMillis + (since == NEVER ? 0 : Math.max(0, time - since)));
        }
    }

    /**
     * How a subtask's step ended.
     *
     * @param result what it said; null: nothing
     */
    public record End(Kind kind, @Nullable String result, boolean truncated, String message) {
        /** Well, not at all, or otherwise. */
        public enum Kind {
            COMPLETED, SKIPPED, FAILED, CANCELLED
        }
    }

    static Step blocked(String path) {
        return new Step(path, StepPhase.BLOCKED, Count.NONE, NEVER, null, null, Work.NONE, null, null, null);
    }

    public int begun() {
        return count.begun();
    }

    public int stored() {
        return count.stored();
    }

    public int charged() {
        return count.charged();
    }

    public @Nullable Checkpoint checkpoint() {
        return work.checkpoint();
    }

    /** The result that a subtask's step ended with; empty: none. */
    public String said() {
        return end == null || end.result() == null ? "" : end.result();
    }

    /** Who holds it now, or null. */
    public @Nullable Assignment holder() {
        return phase.held() ? assignment : null;
    }

    Step to(StepPhase next, long until) {
        return new Step(path, next, count, until, assignment, progress, work, startedAt, exitCode, end);
    }

    /** Another attempt; it goes on from the last checkpoint when {@code resumes}. */
    Step begin(StepPhase next, long until, boolean resumes) {
        var one = new Count(count.begun() + 1, count.stored(), count.charged(), count.resumed() + (resumes ? 1 : 0));
        return new Step(path, next, one, until, null, progress, work, startedAt, exitCode, end);
    }

    Step with(Assignment to) {
        return new Step(path, phase, count, deadline, to, progress, work, startedAt, exitCode, end);
    }

    Step started(Instant at) {
        return new Step(path, phase, count, deadline, assignment, progress, work, startedAt == null ? at : startedAt,
                exitCode, end);
    }

    Step with(Progress report) {
        return new Step(path, phase, count, deadline, assignment, report, work, startedAt, exitCode, end);
    }

    Step with(Work kept) {
        return new Step(path, phase, count, deadline, assignment, progress, kept, startedAt, exitCode, end);
    }

    /** A result of the present attempt was taken. */
    Step reported(@Nullable Integer code, Instant at) {
        var now = new Count(count.begun(), count.begun(), count.charged(), count.resumed());
        return new Step(path, phase, now, deadline, assignment, progress, work, startedAt == null ? at : startedAt,
                code, end);
    }

    Step ended(End how) {
        return new Step(path, StepPhase.FINISHED, count, NEVER, assignment, progress, work, startedAt, exitCode, how);
    }

    Step charge() {
        var one = new Count(count.begun(), count.stored(), count.charged() + 1, count.resumed());
        return new Step(path, phase, one, deadline, assignment, progress, work, startedAt, exitCode, end);
    }
}
