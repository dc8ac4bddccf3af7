package io.claudeflow.swarm.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A SwarmTask as a graph. A task without subtasks is one node.
 *
 * @param nodes in the order of the spec; the task's own script, if it has one, last
 */
public record TaskGraph(String task, List<Node> nodes) {
    public TaskGraph {
        nodes = List.copyOf(nodes);
    }

    /**
     * A subtask, or the task itself.
     *
     * @param phase     empty before the swarm has taken the task
     * @param detail    how many items have ended, or the condition; may be empty
     * @param dependsOn names of other nodes
     */
    public record Node(String name, String phase, String detail, List<String> dependsOn) {
        public Node {
            dependsOn = List.copyOf(dependsOn);
        }
    }

    /** The graph of a SwarmTask, with or without a status. */
    public static TaskGraph of(KubeObject task) {
        var states = new HashMap<String, JsonNode>();
        task.json().path("status").path("subtasks").forEach(state -> states.put(state.path("name").asText(), state));
        var nodes = new ArrayList<Node>();
        for (var subtask : task.json().path("spec").path("subtasks")) {
            var name = subtask.path("name").asText();
            var needed = new ArrayList<String>();
            subtask.path("dependsOn").forEach(other -> needed.add(other.asText()));
            var state = states.getOrDefault(name, task.json().path("nothing"));
            nodes.add(new Node(name, state.path("phase").asText(), detail(subtask, state), needed));
        }
        if (!task.text("spec.task").isEmpty()) {
            nodes.add(new Node(task.name(), phase(task, nodes), "", withoutFollowers(nodes)));
        }
        return new TaskGraph(task.name(), nodes);
    }

    private static String detail(JsonNode subtask, JsonNode state) {
        int items = subtask.path("items").size();
        var parts = new ArrayList<String>();
        if (items > 0) {
            parts.add(state.path("done").asText("0/" + items) + " items");
        }
        if (subtask.has("when")) {
            parts.add("when " + subtask.path("when").asText());
        }
        return String.join(", ", parts);
    }

    /** The task's own script runs after its subtasks. */
    private static String phase(KubeObject task, List<Node> subtasks) {
        var phase = task.text("status.phase");
        boolean ended = subtasks.stream().allMatch(node -> List.of("Completed", "Skipped").contains(node.phase()));
        boolean over = List.of("Completed", "Failed", "Cancelled").contains(phase);
        return over || ended || phase.isEmpty() ? phase : "Blocked";
    }

    private static List<String> withoutFollowers(List<Node> nodes) {
        return nodes.stream()
                .map(Node::name)
                .filter(name -> nodes.stream().noneMatch(other -> other.dependsOn().contains(name)))
                .toList();
    }

    /** How many nodes lie on the longest way to each, by name; a cycle is cut where it closes. */
    Map<String, Integer> layers() {
        var layers = new HashMap<String, Integer>();
        for (int round = 0; round < nodes.size(); round++) {
            for (var node : nodes) {
                int layer = node.dependsOn()
                        .stream()
                        .mapToInt(name -> layers.getOrDefault(name, 0) + 1)
                        .max()
                        .orElse(0);
                layers.put(node.name(), Math.min(layer, nodes.size() - 1));
            }
        }
        return layers;
    }
}
