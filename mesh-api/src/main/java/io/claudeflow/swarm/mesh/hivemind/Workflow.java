package io.claudeflow.swarm.mesh.hivemind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task's graph of subtasks.
 *
 * @param failFast whether the first failure of a subtask that is not optional ends the rest; false: what does not depend on it
 *                 goes on, and the task fails in the end
 */
public record Workflow(List<Subtask> subtasks, boolean failFast) {
    /** No subtasks: the task runs as a whole. */
    public static final Workflow NONE = new Workflow(List.of(), true);

    public Workflow {
        subtasks = List.copyOf(subtasks);
    }

    public boolean none() {
        return subtasks.isEmpty();
    }

    /** The subtask of that name. */
    public Optional<Subtask> named(String name) {
        return subtasks.stream().filter(subtask -> subtask.name().equals(name)).findFirst();
    }

    /** The subtask that a step's path belongs to; null for the task itself. */
    public @Nullable Subtask of(String path) {
        if (!path.startsWith(StepKey.SUB)) {
            return null;
        }
        int item = path.indexOf('/', StepKey.SUB.length());
        return named(path.substring(StepKey.SUB.length(), item < 0 ? path.length() : item)).orElse(null);
    }

    /**
     * What the topology makes of a list of subtasks that depend on nothing: in a ring each on the one before it, in a star the last one
     * on all others. Any other graph, and any other topology, as it is.
     */
    public Workflow in(Topology topology) {
        int last = subtasks.size() - 1;
        boolean list = last > 0 && subtasks.stream().allMatch(subtask -> subtask.dependsOn().isEmpty());
        if (!list || topology != Topology.RING && topology != Topology.STAR) {
            return this;
        }
        var names = subtasks.stream().map(Subtask::name).toList();
        var graph = new ArrayList<Subtask>();
        for (int i = 0; i <= last; i++) {
            int first = topology == Topology.RING ? Math.max(0, i - 1) : i == last ? 0 : i;
            graph.add(subtasks.get(i).after(names.subList(first, i)));
        }
        return new Workflow(graph, failFast);
    }

    /** Those on which no other depends. */
    public List<Subtask> ends() {
        return subtasks.stream()
                .filter(one -> subtasks.stream().noneMatch(other -> other.dependsOn().contains(one.name())))
                .toList();
    }

    /** Those that a subtask depends on. */
    public List<Subtask> before(Subtask subtask) {
        return subtasks.stream().filter(other -> subtask.dependsOn().contains(other.name())).toList();
    }

    /** Whether the step brings results of others together and hands its own on to no step: the end of a graph. */
    public boolean gathers(String path) {
        var subtask = of(path);
        return subtask == null ? !none() : !subtask.dependsOn().isEmpty() && ends().contains(subtask);
    }

    /** The item that a step's path is for; null: it has none. */
    public @Nullable String item(String path) {
        var subtask = of(path);
        int last = path.lastIndexOf('/');
        return subtask == null || subtask.items().isEmpty()
                ? null
                : subtask.items().get(Integer.parseInt(path.substring(last + 1)));
    }
}
