package io.claudeflow.swarm.kit.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as Kubernetes and the custom resources write them: {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code 2d}. */
public final class Durations {
    private static final Pattern WHOLE = Pattern.compile("([0-9]+(ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");

    private Durations() {}

    /** Parses, or throws IllegalArgumentException whose message says what is allowed. */
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a duration is a number and a unit of ms, s, m, h or d, for example 30s");
        }
        try {
            var sum = sum(text);
            // Whoever counts in milliseconds can do so.
            var _ = sum.toMillis();
            return sum;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("it is too long", e);
        }
    }

    private static Duration sum(String text) {
        var sum = Duration.ZERO;
        var part = PART.matcher(text);
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum = sum.plus(switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            });
        }
        return sum;
    }

    /** The shortest form that {@link #parse} reads back: {@code 1h30m}, {@code 250ms}, {@code 0s}. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration: " + duration + " is negative");
        }
        var text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
