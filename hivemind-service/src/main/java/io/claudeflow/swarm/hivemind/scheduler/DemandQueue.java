package io.claudeflow.swarm.hivemind.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Steps that ask the same, by submitter, best first, and the crews that may do them. */
final class DemandQueue {
    /** Whose turn it is; changes only while it is in no order. */
    static final Comparator<DemandQueue> ORDER = Comparator.comparing(queue -> Objects.requireNonNull(queue.first),
            Lane.ORDER);

    final Demand demand;
    final Map<String, Lane> lanes = new HashMap<>();
    final TreeSet<Lane> turns = new TreeSet<>(Lane.ORDER);
    /** The first of these turns. */
    @Nullable
    Lane first;
    /** Those that are asked: the first choice, and where there is none the others that may do it. */
    final List<Crew> crews = new ArrayList<>();
    final List<Crew> others = new ArrayList<>();

    DemandQueue(Demand demand) {
        this.demand = demand;
    }

    /** Whether it is for that crew before others: what gathers results is for reserves, all else for those that are none. */
    boolean prefers(Crew crew) {
        return crew.profile.reserve() == demand.gathers();
    }

    /** Whether somebody of the first choice may do it. */
    boolean manned() {
        return !crews.isEmpty() && prefers(crews.getFirst());
    }

    /** Whether nobody waits. */
    boolean idle() {
        return lanes.isEmpty();
    }

    /** Who has a place and suits best: preferred words, then the order within a crew; null: nobody. */
    @Nullable
    Worker best() {
        Worker best = null;
        int most = 0;
        for (var crew : crews) {
            if (crew.free.isEmpty()) {
                continue;
            }
            var first = crew.free.first();
            int fitness = demand.fitness(crew.like);
            if (best == null || fitness > most || fitness == most && Worker.ORDER.compare(first, best) < 0) {
                best = first;
                most = fitness;
            }
        }
        return best;
    }
}
