package io.claudeflow.swarm.kit.error;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A stable error code, worded in PascalCase, with the one to blame. The same code travels over the bus, gRPC and HTTP.
 *
 * @param name  the code as clients see it, for example {@code NotLeader}
 * @param blame who has to act
 */
public record ErrorCode(String name, Blame blame) implements Serializable {
    private static final Pattern PASCAL = Pattern.compile("[A-Z][A-Za-z0-9]{1,63}");

    /** The caller sent something that cannot be done. */
    public static final ErrorCode INVALID = new ErrorCode("Invalid", Blame.USER);
    /** It is not known who calls: the token is missing, over, or nobody's. */
    public static final ErrorCode UNAUTHENTICATED = new ErrorCode("Unauthenticated", Blame.USER);
    /** The caller may not do this. */
    public static final ErrorCode FORBIDDEN = new ErrorCode("Forbidden", Blame.USER);
    /** The thing named does not exist. */
    public static final ErrorCode NOT_FOUND = new ErrorCode("NotFound", Blame.USER);
    /** A part that is needed is not there at the moment; the same call may work later. */
    public static final ErrorCode UNAVAILABLE = new ErrorCode("Unavailable", Blame.RESOURCE);
    /** A queue, a disk or a quota is full. */
    public static final ErrorCode EXHAUSTED = new ErrorCode("Exhausted", Blame.RESOURCE);
    /** No answer came in time: the call may or may not have taken effect. */
    public static final ErrorCode INDETERMINATE = new ErrorCode("Indeterminate", Blame.INDETERMINATE);
    /** A defect of ours. */
    public static final ErrorCode INTERNAL = new ErrorCode("Internal", Blame.INTERNAL);

    public ErrorCode {
        if (!PASCAL.matcher(name).matches()) {
            throw new IllegalArgumentException("name: '" + name + "' is no PascalCase word of 2 to 64 letters");
        }
    }

    /** Who has to act on an error. */
    public enum Blame {
        /** The caller: change the request. */
        USER,
        /** A defect: report it. */
        INTERNAL,
        /** Something is short or away: retry later. */
        RESOURCE,
        /** Unknown whether it happened: retry with the same idempotency key. */
        INDETERMINATE
    }
}
