package io.claudeflow.swarm.kit.trace;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context (https://www.w3.org/TR/trace-context/, version 00) that travels with a call over bus, gRPC and HTTP as
 * the header {@value #HEADER}. Passed explicitly: no thread-local, because a call hops threads.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId  16 lower-case hex digits, not all zero: the caller's span
 * @param sampled whether spans of this trace are exported
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
    public static final String HEADER = "traceparent";

    private static final Pattern FORMAT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final SecureRandom RANDOM = new SecureRandom();

    public TraceContext {
        if (!isId(traceId, 32) || !isId(spanId, 16)) {
            throw new IllegalArgumentException("'" + traceId + "', '" + spanId
                    + "': traceId and spanId are 32 and 16 lower-case hex digits, not all zero");
        }
    }

    /** A new trace with a root span. */
    public static TraceContext root() {
        return new TraceContext(hex(16), hex(8), true);
    }

    /** A new trace of which no spans are exported: for what a service does all the time. */
    public static TraceContext unsampled() {
        return new TraceContext(hex(16), hex(8), false);
    }

    /** The trace whose id is a UUID's 32 digits (a SwarmTask's UID), so that a restart continues it; a new span. */
    public static TraceContext ofUid(String uid) {
        return new TraceContext(uid.replace("-", "").toLowerCase(java.util.Locale.ROOT), hex(8), true);
    }

    /** Reads a header, or starts a new trace when it is absent or malformed, as the specification asks. */
    public static TraceContext parse(@Nullable String header) {
        if (header != null) {
            var match = FORMAT.matcher(header);
            if (match.matches() && isId(match.group(1), 32) && isId(match.group(2), 16)) {
                return new TraceContext(match.group(1), match.group(2),
                        (Integer.parseInt(match.group(3), 16) & 1) == 1);
            }
        }
        return root();
    }

    /** A new span of the same trace. */
    public TraceContext child() {
        return new TraceContext(traceId, hex(8), sampled);
    }

    /** The header's value. */
    public String header() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    private static boolean isId(String text, int digits) {
        return text.length() == digits
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')
                && text.chars().anyMatch(c -> c != '0');
    }

    private static String hex(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        random[0] |= 1;
        return HexFormat.of().formatHex(random);
    }
}
