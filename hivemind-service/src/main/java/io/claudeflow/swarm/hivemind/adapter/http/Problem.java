package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.hivemind.port.TaskRequests;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.ErrorCode.Blame;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong, as RFC 9457 has it. The one place where errors become statuses.
 *
 * @param type   a URN of the code
 * @param title  the code in words that do not change
 * @param detail a sentence for people
 * @param code   of the mesh's taxonomy
 * @param errors of a body or a query: all that is wrong with it; null where none is to blame
 */
record Problem(String type, String title, int status, String detail, String code, @Nullable List<FieldError> errors) {
    static final String MEDIA_TYPE = "application/problem+json";
    static final ErrorCode METHOD_NOT_ALLOWED = new ErrorCode("MethodNotAllowed", Blame.USER);
    static final ErrorCode TOO_LARGE = new ErrorCode("TooLarge", Blame.USER);
    static final ErrorCode TIMEOUT = new ErrorCode("RequestTimeout", Blame.USER);

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
    private static final int DEFECT = 500;
    /** Statuses by code; what is not here is told by who is to blame. Invalid is about the ledger's rules: JSON that cannot be read is 400. */
    private static final Map<ErrorCode, Kind> KINDS = Map.ofEntries(
            Map.entry(ErrorCode.INVALID, new Kind(422, "The task cannot be taken")),
            Map.entry(ErrorCode.UNAUTHENTICATED, new Kind(401, "A valid token is needed")),
            Map.entry(ErrorCode.FORBIDDEN, new Kind(403, "This is another submitter's")),
            Map.entry(ErrorCode.NOT_FOUND, new Kind(404, "There is no such thing")),
            Map.entry(TaskRequests.FORGOTTEN, new Kind(410, "The task has ended and is forgotten")),
            Map.entry(TaskRequests.CONFLICT, new Kind(409, "The request id belongs to another task")),
            Map.entry(ErrorCode.UNAVAILABLE, new Kind(503, "Not at the moment")),
            Map.entry(ErrorCode.EXHAUSTED, new Kind(503, "Too much is waiting")),
            Map.entry(ErrorCode.INDETERMINATE, new Kind(503, "It is not known whether it was done")),
            Map.entry(METHOD_NOT_ALLOWED, new Kind(405, "The method does not go with the path")),
            Map.entry(TIMEOUT, new Kind(408, "The body did not come in time")),
            Map.entry(TOO_LARGE, new Kind(413, "The body is too long")));

    private record Kind(int status, String title) {}

    /**
     * What is wrong with one field.
     *
     * @param field  its path, {@code retries.limit}; of a query its parameter; {@code body} for the whole
     * @param detail the value and what is allowed
     */
    record FieldError(String field, String detail) {}

    static Problem of(ErrorCode code, String detail) {
        var kind = KINDS.getOrDefault(code, new Kind(DEFECT, "A defect of the hive-mind"));
        return new Problem(type(code), kind.title(), kind.status(), detail, code.name(), null);
    }

    /** A request that cannot be read, with all that is wrong with it. */
    static Problem of(List<FieldError> errors) {
        var first = errors.getFirst();
        var detail = first.field() + ": " + first.detail()
                + (errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more, see errors)");
        return new Problem(type(ErrorCode.INVALID), "The request cannot be read", 400, detail, ErrorCode.INVALID.name(),
                List.copyOf(errors));
    }

    /** What is neither a SwarmException nor an unreadable request is a defect. */
    static Problem of(Throwable cause) {
        if (cause instanceof UnreadableRequestException unreadable) {
            return of(unreadable.errors());
        }
        if (cause instanceof SwarmException known) {
            return of(known.code(), known.getMessage());
        }
        LOG.atError().setCause(cause).log("a request over HTTP met a defect");
        return of(ErrorCode.INTERNAL, "a defect of the hive-mind: " + cause.getClass().getSimpleName());
    }

    private static String type(ErrorCode code) {
        return "urn:swarm:error:" + code.name();
    }

    /** Whether the same request may do later. */
    boolean passes() {
        return status == 503;
    }
}
