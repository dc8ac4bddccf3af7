package io.claudeflow.swarm.local.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is wanted, as the API's pods/log takes it.
 *
 * @param tailLines  only so many of the last lines, or -1 for all
 * @param limitBytes at most so many bytes, or -1
 * @param since      only lines from then on
 * @param timestamps each line with its time
 * @param follow     go on with what is written later
 * @param previous   of the instance before
 */
record LogQuery(long tailLines, long limitBytes, @Nullable Instant since, boolean timestamps, boolean follow,
        boolean previous) {
    /** Reads the parameters of a request; throws IllegalArgumentException with a sentence. */
    static LogQuery of(Function<String, @Nullable String> parameter, Instant now) {
        Instant since = null;
        var seconds = parameter.apply("sinceSeconds");
        var time = parameter.apply("sinceTime");
        try {
            if (seconds != null) {
                since = now.minus(Duration.ofSeconds(number("sinceSeconds", seconds)));
            } else if (time != null) {
                since = Instant.parse(time);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("sinceTime: '" + time + "' is no RFC 3339 time", e);
        }
        return new LogQuery(number("tailLines", parameter.apply("tailLines")),
                number("limitBytes", parameter.apply("limitBytes")), since, flag(parameter.apply("timestamps")),
                flag(parameter.apply("follow")), flag(parameter.apply("previous")));
    }

    private static long number(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return -1;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": '" + value + "' is not a whole number", e);
        }
        throw new IllegalArgumentException(name + ": '" + value + "' is negative");
    }

    private static boolean flag(@Nullable String value) {
        return "true".equals(value) || "1".equals(value);
    }
}
