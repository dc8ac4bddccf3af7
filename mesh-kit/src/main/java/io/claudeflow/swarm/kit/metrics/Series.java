package io.claudeflow.swarm.kit.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The series of one family, and how they are written. */
final class Series {
    private final Family family;
    private final Map<List<String>, Point> points = new ConcurrentHashMap<>();
    private final Map<List<String>, Histogram> histograms = new ConcurrentHashMap<>();
    /** By label position: the values seen so far. */
    private final List<Set<String>> values = new ArrayList<>();
    private volatile @Nullable Supplier<Map<List<String>, Double>> source;
    private volatile Distribution.@Nullable Source distribution;

    Series(Family family) {
        this.family = family;
        family.labels().forEach(_ -> values.add(ConcurrentHashMap.newKeySet()));
        if (family.labels().isEmpty() && family.kind() == Family.Kind.COUNTER) {
            point();
        } else if (family.labels().isEmpty() && family.kind() == Family.Kind.HISTOGRAM) {
            histogram();
        }
    }

    boolean of(Family other) {
        return family == other || family.equals(other);
    }

    Point point(String... labels) {
        if (family.kind() == Family.Kind.HISTOGRAM) {
            throw new IllegalArgumentException(family.name() + ": a histogram takes observations only");
        }
        return points.computeIfAbsent(capped(List.of(labels)), _ -> new Point());
    }

    Histogram histogram(String... labels) {
        if (family.kind() != Family.Kind.HISTOGRAM) {
            throw new IllegalArgumentException(family.name() + ": is no histogram");
        }
        return histograms.computeIfAbsent(capped(List.of(labels)), _ -> new Histogram(family.buckets()));
    }

    void read(Supplier<Map<List<String>, Double>> supplier) {
        if (family.kind() == Family.Kind.HISTOGRAM) {
            throw new IllegalArgumentException(family.name() + ": a histogram takes observations only");
        }
        source = supplier;
    }

    void read(Distribution.Source supplier) {
        if (family.kind() != Family.Kind.HISTOGRAM || !family.labels().isEmpty()) {
            throw new IllegalArgumentException(family.name() + ": is no histogram without labels");
        }
        distribution = supplier;
    }

    private List<String> capped(List<String> labels) {
        if (labels.size() != family.labels().size()) {
            throw new IllegalArgumentException(
                    family.name() + ": has labels " + family.labels() + ", but got values " + labels);
        }
        var kept = new ArrayList<String>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            var seen = values.get(i);
            var value = labels.get(i);
            boolean known = seen.contains(value) || seen.size() < Metrics.MAX_LABEL_VALUES && seen.add(value);
            kept.add(known ? value : Metrics.OTHER);
        }
        return kept;
    }

    void write(StringBuilder text) {
        text.append("# HELP ")
                .append(family.name())
                .append(' ')
                .append(family.description().replace("\\", "\\\\").replace("\n", "\\n"))
                .append('\n');
        text.append("# TYPE ").append(family.name()).append(' ').append(switch (family.kind()) {
            case GAUGE -> "gauge";
            case COUNTER -> "counter";
            case HISTOGRAM -> "histogram";
        }).append('\n');
        current().forEach((labels, value) -> sample(text, "", labels, null, value));
        var reading = distribution;
        if (reading == null) {
            histograms.forEach((labels, histogram) -> write(text, labels, histogram.counted()));
            return;
        }
        var counted = reading.get();
        if (counted != null) {
            write(text, List.of(), counted);
        }
    }

    private void write(StringBuilder text, List<String> labels, Distribution counted) {
        long total = 0;
        for (int i = 0; i <= family.buckets().size(); i++) {
            total += counted.counts().get(i);
            sample(text, "_bucket", labels, i < family.buckets().size() ? number(family.buckets().get(i)) : "+Inf",
                    total);
        }
        sample(text, "_sum", labels, null, counted.sum());
        sample(text, "_count", labels, null, total);
    }

    private Map<List<String>, Double> current() {
        var sorted = new TreeMap<List<String>, Double>((a, b) -> a.toString().compareTo(b.toString()));
        points.forEach((labels, point) -> sorted.put(labels, point.value()));
        var reading = source;
        if (reading != null) {
            reading.get().forEach((labels, value) -> sorted.merge(capped(labels), value, Double::sum));
        }
        return sorted;
    }

    private void sample(StringBuilder text, String suffix, List<String> labels, @Nullable String bound, double value) {
        text.append(family.name()).append(suffix);
        if (!labels.isEmpty() || bound != null) {
            text.append('{');
            for (int i = 0; i < labels.size(); i++) {
                text.append(i == 0 ? "" : ",")
                        .append(family.labels().get(i))
                        .append("=\"")
                        .append(escaped(labels.get(i)))
                        .append('"');
            }
            if (bound != null) {
                text.append(labels.isEmpty() ? "" : ",").append("le=\"").append(bound).append('"');
            }
            text.append('}');
        }
        text.append(' ').append(number(value)).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }

    /** A number that can be added to and set. */
    static final class Point {
        private final DoubleAdder added = new DoubleAdder();
        private volatile double base;

        void add(double amount) {
            added.add(amount);
        }

        synchronized void set(double value) {
            added.reset();
            base = value;
        }

        double value() {
            return base + added.sum();
        }
    }

    /** Observations by bucket. */
    static final class Histogram {
        private final double[] bounds;
        private final LongAdder[] counts;
        private final DoubleAdder sum = new DoubleAdder();

        Histogram(List<Double> buckets) {
            bounds = buckets.stream().mapToDouble(Double::doubleValue).toArray();
            counts = new LongAdder[bounds.length + 1];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = new LongAdder();
            }
        }

        void observe(double value) {
            int bucket = 0;
            while (bucket < bounds.length && value > bounds[bucket]) {
                bucket++;
            }
            counts[bucket].increment();
            sum.add(value);
        }

        Distribution counted() {
            return new Distribution(Arrays.stream(counts).map(LongAdder::sum).toList(), sum.sum());
        }
    }
}
