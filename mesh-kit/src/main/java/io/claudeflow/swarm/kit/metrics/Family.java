package io.claudeflow.swarm.kit.metrics;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A family of time series, as data. The name is served to the letter, unlike in client libraries, which add or take away
 * suffixes.
 *
 * @param name        the name that dashboards and alerts use
 * @param kind        what its numbers mean
 * @param unit        the unit of its numbers in plural, for example {@code seconds}, or {@code 1} for a ratio
 * @param description one sentence
 * @param labels      label names, in order
 * @param buckets     upper bounds of a histogram's buckets, ascending, without infinity; otherwise empty
 */
public record Family(String name, Kind kind, String unit, String description, List<String> labels,
        List<Double> buckets) {
    /** Bounds for durations from half a millisecond to five minutes, in seconds. */
    public static final List<Double> DURATIONS = List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
            0.5,
            1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** What the numbers of a family mean. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only goes up, from 0 at start. */
        COUNTER,
        /** Counts observations by size. */
        HISTOGRAM
    }

    public Family {
        labels = List.copyOf(labels);
        buckets = List.copyOf(buckets);
        if (!NAME.matcher(name).matches() || !labels.stream().allMatch(label -> NAME.matcher(label).matches())) {
            throw new IllegalArgumentException(name + labels + ": names are lower-case words joined by _");
        }
        if ((kind == Kind.HISTOGRAM) == buckets.isEmpty()) {
            throw new IllegalArgumentException(name + ": a histogram and nothing else has buckets");
        }
        if (!buckets.stream().sorted().distinct().toList().equals(buckets)) {
            throw new IllegalArgumentException(name + ": buckets ascend");
        }
    }

    public static Family gauge(String name, String unit, String description, String... labels) {
        return new Family(name, Kind.GAUGE, unit, description, List.of(labels), List.of());
    }

    public static Family counter(String name, String unit, String description, String... labels) {
        return new Family(name, Kind.COUNTER, unit, description, List.of(labels), List.of());
    }

    public static Family histogram(String name, String unit, String description, List<Double> buckets,
            String... labels) {
        return new Family(name, Kind.HISTOGRAM, unit, description, List.of(labels), buckets);
    }
}
