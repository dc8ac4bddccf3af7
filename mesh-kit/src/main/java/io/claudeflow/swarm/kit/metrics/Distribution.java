package io.claudeflow.swarm.kit.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a histogram has counted.
 *
 * @param counts one number for each of the family's buckets, and one for what is larger
 * @param sum    of all observations, in the family's unit
 */
public record Distribution(List<Long> counts, double sum) {
    public Distribution {
        counts = List.copyOf(counts);
    }

    /** Says what was counted; quick and callable on any thread. */
    @FunctionalInterface
    public interface Source {
        /** Null: nothing at the time. */
        @Nullable
        Distribution get();
    }
}
