package io.claudeflow.swarm.operator.condition;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Lists of conditions as Kubernetes keeps them. */
public final class Conditions {
    private Conditions() {}

    /**
     * The conditions that say {@code facts}. One whose status is what it was keeps its transition time; the time of another is
     * {@code now}, in whole seconds.
     *
     * @param current the conditions as they stand, of any writer
     */
    public static List<Condition> of(List<Fact> facts, List<Condition> current, long generation, Instant now) {
        return facts.stream().map(fact -> {
            var before = find(current, fact.type());
            boolean same = before.isPresent() && before.get().getStatus().equals(fact.status().word());
            return new ConditionBuilder().withType(fact.type())
                    .withStatus(fact.status().word())
                    .withReason(fact.reason())
                    .withMessage(fact.message())
                    .withObservedGeneration(generation)
                    .withLastTransitionTime(same
                            ? before.get().getLastTransitionTime()
                            : now.truncatedTo(ChronoUnit.SECONDS).toString())
                    .build();
        }).toList();
    }

    public static Optional<Condition> find(Collection<Condition> conditions, String type) {
        return conditions.stream().filter(condition -> condition.getType().equals(type)).findFirst();
    }

    /** Whether a condition of that type is there and True. */
    public static boolean holds(Collection<Condition> conditions, String type) {
        return find(conditions, type).map(condition -> condition.getStatus().equals("True")).orElse(false);
    }
}
