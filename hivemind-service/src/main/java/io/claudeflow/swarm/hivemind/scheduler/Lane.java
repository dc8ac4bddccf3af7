package io.claudeflow.swarm.hivemind.scheduler;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one submitter waits for in one queue. What orders it among others changes only while it is in no order. */
final class Lane {
    /**
     * Whose turn it is. Fair queueing by passes (Waldspurger, Weihl: Stride Scheduling, 1995): each placement is one pass for its
     * submitter, fewer passes go first; a point of priority is worth one pass, so an urgent step overtakes others' for a while,
     * and who calls everything urgent gains a phase, not a share.
     */
    static final Comparator<Lane> ORDER = Comparator.comparingLong(Lane::turn)
            .thenComparing(Lane::first, Waiting.ORDER);

    final DemandQueue queue;
    final Submitter submitter;
    final TreeSet<Waiting> waiting = new TreeSet<>(Waiting.ORDER);
    /** The first that waits: orders ask for it more often than it changes. */
    @Nullable
    Waiting first;

    Lane(DemandQueue queue, Submitter submitter) {
        this.queue = queue;
        this.submitter = submitter;
    }

    private long turn() {
        return submitter.passes - first().priority();
    }

    private Waiting first() {
        return Objects.requireNonNull(first);
    }

    /** On whose account steps are placed. */
    static final class Submitter {
        /** Lanes whose turn may be worked out anew for one placement, on the average. */
        private static final int LANES_PER_PASS = 16;

        final String name;
        final Set<Lane> lanes = new LinkedHashSet<>();
        long passes;
        private int owed;

        Submitter(String name, long passes) {
            this.name = name;
            this.passes = passes;
        }

        /**
         * Notes a placement. Whether the passes that are owed are to be counted now: who waits in many queues has his turns worked
         * out less often, so that a placement costs the same.
         */
        boolean due() {
            return ++owed * LANES_PER_PASS >= lanes.size();
        }

        /** Counts what is owed; on no lane that is in an order. */
        void settle() {
            passes += owed;
            owed = 0;
        }
    }
}
