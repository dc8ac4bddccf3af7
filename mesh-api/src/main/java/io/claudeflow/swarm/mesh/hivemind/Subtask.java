package io.claudeflow.swarm.mesh.hivemind;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One node of a task's graph.
 *
 * @param dependsOn   names of those that must have ended first
 * @param agentType   only agents of that type; null: as the task
 * @param when        a CEL expression over {@code steps} and {@code parameters}; false: it is skipped; null: always
 * @param items       it runs once for each, {@code ITEM} in the script's environment; empty: once
 * @param parallelism most of its items at once; 0: no limit
 * @param optional    whether its failure lets those that depend on it go on, and the task too
 */
public record Subtask(String name, String script, List<String> dependsOn, @Nullable String agentType,
        @Nullable String when, List<String> items, int parallelism, boolean optional) {
    public Subtask {
        dependsOn = List.copyOf(dependsOn);
        items = List.copyOf(items);
    }

    /** The same, after others. */
    Subtask after(List<String> others) {
        return new Subtask(name, script, others, agentType, when, items, parallelism, optional);
    }

    /** Paths of its steps, in the order of its items. */
    public List<String> paths() {
        return items.isEmpty()
                ? List.of(StepKey.SUB + name)
                : IntStream.range(0, items.size()).mapToObj(n -> StepKey.SUB + name + "/" + n).toList();
    }
}
