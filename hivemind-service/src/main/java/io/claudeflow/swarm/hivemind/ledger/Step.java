package io.claudeflow.swarm.hivemind.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a task.
 *
 * @param path       empty for the task itself
 * @param phase      where it stands; says what {@code deadline} means
 * @param begun      attempts begun; the present one while an agent holds it
 * @param stored     the last attempt whose result was stored, 0: none
 * @param charged    retries that count towards the limit
 * @param deadline   logged milliseconds, {@link #NEVER}: none
 * @param assignment who holds it, or held it last
 * @param progress   the last report of any attempt
 * @param checkpoint the last one of any attempt
 * @param startedAt  when the first attempt began, as shown to people
 * @param exitCode   of the last attempt that reported
 */
public record Step(String path, StepPhase phase, int begun, int stored, int charged, long deadline,
        @Nullable Assignment assignment, @Nullable Progress progress, @Nullable Checkpoint checkpoint,
        @Nullable Instant startedAt, @Nullable Integer exitCode) {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    /** A report of how far a step has come; percent null: unknown. */
    public record Progress(@Nullable Integer percent, String message) {}

    /** What a later attempt begins from. */
    public record Checkpoint(long number, Blob data) {}

    static Step waiting(String path, long deadline) {
        return new Step(path, StepPhase.WAITING, 0, 0, 0, deadline, null, null, null, null, null);
    }

    /** Who holds it now, or null. */
    public @Nullable Assignment holder() {
        return phase.held() ? assignment : null;
    }

    Step to(StepPhase next, long until) {
        return new Step(path, next, begun, stored, charged, until, assignment, progress, checkpoint, startedAt,
                exitCode);
    }

    Step assigned(Assignment to, long until) {
        return new Step(path, StepPhase.ASSIGNED, begun + 1, stored, charged, until, to, progress, checkpoint,
                startedAt, exitCode);
    }

    Step started(Instant at, long until) {
        return new Step(path, StepPhase.RUNNING, begun, stored, charged, until, assignment, progress, checkpoint,
                startedAt == null ? at : startedAt, exitCode);
    }

    Step with(Progress report) {
        return new Step(path, phase, begun, stored, charged, deadline, assignment, report, checkpoint, startedAt,
                exitCode);
    }

    Step with(Checkpoint saved) {
        return new Step(path, phase, begun, stored, charged, deadline, assignment, progress, saved, startedAt,
                exitCode);
    }

    /** A result of the present attempt was taken. */
    Step reported(int code, Instant at) {
        return new Step(path, phase, begun, begun, charged, deadline, assignment, progress, checkpoint,
                startedAt == null ? at : startedAt, code);
    }

    Step charge() {
        return new Step(path, phase, begun, stored, charged + 1, deadline, assignment, progress, checkpoint, startedAt,
                exitCode);
    }
}
