package io.claudeflow.swarm.kit.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The numbers of one application: the families that it declares, under exactly their names, and those of libraries through a
 * Micrometer registry, with the JVM's own.
 *
 * <p>A label takes at most {@value #MAX_LABEL_VALUES} values per family; later ones are counted as {@value #OTHER}, so that
 * names that users choose cannot fill the memory. Using a family that was not declared, or the wrong number of label values,
 * is a defect and throws IllegalArgumentException. Any thread.
 */
public final class Metrics implements AutoCloseable {
    public static final int MAX_LABEL_VALUES = 1_000;
    public static final String OTHER = "other";

    /** By name: counting happens often, and a family's hash is that of all its words. */
    private final Map<String, Series> families = new LinkedHashMap<>();
    private final LibraryMeters libraries = new LibraryMeters();

    /** Metrics of those families, and of {@link EventLoopLag}. */
    public Metrics(List<Family> families) {
        Stream.concat(families.stream(), Stream.of(EventLoopLag.FAMILY)).forEach(family -> {
            if (this.families.put(family.name(), new Series(family)) != null) {
                throw new IllegalArgumentException(family.name() + ": is declared twice");
            }
        });
    }

    /** Adds to a counter, or to a gauge. */
    public void add(Family family, double amount, String... labels) {
        series(family).point(labels).add(amount);
    }

    /** Sets a gauge. */
    public void set(Family family, double value, String... labels) {
        if (family.kind() != Family.Kind.GAUGE) {
            throw new IllegalArgumentException(family.name() + ": only a gauge can be set");
        }
        series(family).point(labels).set(value);
    }

    /** Adds an observation to a histogram, in the family's unit. */
    public void observe(Family family, double value, String... labels) {
        series(family).histogram(labels).observe(value);
    }

    /**
     * Lets a gauge or counter be read whenever somebody scrapes, instead of being kept: values by label values, all of them.
     * Replaces what was read before.
     *
     * @param source quick and callable on any thread
     */
    public void read(Family family, Supplier<Map<List<String>, Double>> source) {
        series(family).read(source);
    }

    /** The same for a histogram without labels; null: there is nothing to say at the time, and no series. */
    public void read(Family family, Distribution.Source source) {
        series(family).read(source);
    }

    /** The registry for libraries that speak Micrometer. */
    public MeterRegistry registry() {
        return libraries.registry();
    }

    /** Everything in Prometheus' text format, version 0.0.4. Takes some milliseconds, the first time more: not for event loops. */
    public String scrape() {
        var text = new StringBuilder(8_192);
        families.values().forEach(series -> series.write(text));
        return text.append(libraries.scrape()).toString();
    }

    @Override
    public void close() {
        libraries.close();
    }

    private Series series(Family family) {
        var series = families.get(family.name());
        if (series == null || !series.of(family)) {
            throw new IllegalArgumentException(family.name() + ": is not declared");
        }
        return series;
    }
}
