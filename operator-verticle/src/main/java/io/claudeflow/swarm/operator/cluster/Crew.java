package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.cluster.AutoscalingSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many agents of which type. The order of keys in {@code topologyRatios} means nothing, as nowhere in Kubernetes.
 *
 * <p>The topology's needs come first (hierarchical and star: one coordinator, where a ratio names it), then one of each type
 * with a ratio above 0 as far as there is room, largest ratio first; what is left goes by largest remainder.
 */
public final class Crew {
    /** The type that leads a tree or sits in the hub. */
    public static final String COORDINATOR = "coordinator";

    private Crew() {}

    /** Agents of each type for that many in all; types with none are left out. */
    public static Map<String, Integer> of(SwarmClusterSpec spec, int total) {
        var autoscaling = spec.autoscaling();
        if (autoscaling != null && !autoscaling.topologyRatios().isEmpty()) {
            return apportion(autoscaling.topologyRatios(), total, needsCoordinator(spec.topology()));
        }
        return standard(spec, total);
    }

    /** Agents wanted when {@code spec.replicas} is unset: minAgents, else the size of the topology's crew. */
    public static int defaultSize(SwarmClusterSpec spec) {
        var autoscaling = spec.autoscaling();
        if (autoscaling != null) {
            var least = autoscaling.minAgents();
            if (least != null) {
                return least;
            }
            if (autoscaling.on()) {
                return AutoscalingSpec.DEFAULT_MIN_AGENTS;
            }
        }
        return spec.topology() == Topology.RING ? ring(spec).size() : 3;
    }

    private static boolean needsCoordinator(Topology topology) {
        return topology == Topology.HIERARCHICAL || topology == Topology.STAR;
    }

    /** The crew of a topology without ratios: one coordinator and workers, specialists, or the ring's types in turn. */
    private static Map<String, Integer> standard(SwarmClusterSpec spec, int total) {
        var crew = new LinkedHashMap<String, Integer>();
        switch (spec.topology()) {
            case HIERARCHICAL -> led(crew, "coder", total);
            case STAR -> led(crew, "executor", total);
            case MESH -> put(crew, "specialist", total);
            case RING -> {
                var types = ring(spec);
                for (int i = 0; i < total; i++) {
                    crew.merge(types.get(i % types.size()), 1, Integer::sum);
                }
            }
        }
        return crew;
    }

    private static void led(Map<String, Integer> crew, String worker, int total) {
        put(crew, COORDINATOR, Math.min(1, total));
        put(crew, worker, Math.max(0, total - 1));
    }

    private static void put(Map<String, Integer> crew, String type, int count) {
        if (count > 0) {
            crew.put(type, count);
        }
    }

    /** Types in the order of a ring. */
    public static List<String> ring(SwarmClusterSpec spec) {
        return spec.ringOrder().isEmpty()
                ? List.of("planner", "validator", "executor", "monitor")
                : spec.ringOrder().stream().distinct().toList();
    }

    private static Map<String, Integer> apportion(Map<String, Integer> ratios, int total, boolean coordinatorFirst) {
        var seats = new ArrayList<Seats>();
        ratios.entrySet()
                .stream()
                .filter(ratio -> ratio.getValue() > 0)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(ratio -> seats.add(new Seats(ratio.getKey(), ratio.getValue(), total)));
        if (coordinatorFirst) {
            seats.sort(Comparator.comparing(seat -> !seat.type.equals(COORDINATOR)));
        }
        int left = total;
        for (var seat : seats) {
            seat.least = Math.min(1, left);
            left -= seat.least;
        }
        distribute(seats, total);
        var crew = new LinkedHashMap<String, Integer>();
        seats.forEach(seat -> put(crew, seat.type, seat.count));
        return crew;
    }

    /** Largest remainder, where nobody falls below what she has already. */
    private static void distribute(List<Seats> seats, int total) {
        int given = 0;
        for (var seat : seats) {
            seat.count = Math.max(seat.least, seat.ratio * total / 100);
            given += seat.count;
        }
        for (; given < total; given++) {
            seats.stream()
                    .max(Comparator.<Seats>comparingInt(Seats::remainder)
                            .thenComparingInt(seat -> seat.ratio)
                            .thenComparing(seat -> seat.type, Comparator.reverseOrder()))
                    .orElseThrow().count++;
        }
        for (; given > total; given--) {
            seats.stream()
                    .filter(seat -> seat.count > seat.least)
                    .min(Comparator.<Seats>comparingInt(Seats::remainder).thenComparing(seat -> seat.type))
                    .orElseThrow().count--;
        }
    }

    private static final class Seats {
        final String type;
        final int ratio;
        final int total;
        int least;
        int count;

        Seats(String type, int ratio, int total) {
            this.type = type;
            this.ratio = ratio;
            this.total = total;
        }

        /** What is owed, in hundredths of an agent. */
        int remainder() {
            return ratio * total - count * 100;
        }
    }
}
