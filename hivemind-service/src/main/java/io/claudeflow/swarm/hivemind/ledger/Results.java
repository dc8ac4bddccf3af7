package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.agent.AgentVariables;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the subtasks of a task said, for those that come after them. Pure. */
public final class Results {
    /** What all results together may have when they are handed on, in characters; more is cut, evenly. */
    private static final int ROOM = 256 * 1024;
    private static final String CUT = " [...]";

    private Results() {}

    /** The results that a step is given, by subtask: the text, or a JSON array of texts where there are items. */
    public static Map<String, String> inputs(Task task, String path) {
        var graph = new Graph(task);
        var inputs = new TreeMap<String, String>();
        var subtasks = graph.inputs(path);
        for (var subtask : subtasks) {
            inputs.put(subtask.name(), of(graph, subtask, ROOM / subtasks.size()));
        }
        return inputs;
    }

    /** What a task without a script of its own says: the result of its only last subtask, or a JSON object of all last ones. */
    static @Nullable String gathered(Task task) {
        var graph = new Graph(task);
        var last = task.spec().workflow().ends();
        int room = AgentVariables.MAX_RESULT_BYTES / 2 / last.size();
        if (last.size() == 1) {
            return of(graph, last.getFirst(), room);
        }
        var fields = new ArrayList<String>();
        for (var subtask : last) {
            var value = of(graph, subtask, room);
            fields.add(text(subtask.name()) + ": " + (subtask.items().isEmpty() ? text(value) : value));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private static String of(Graph graph, Subtask subtask, int room) {
        var steps = graph.steps(subtask);
        if (subtask.items().isEmpty()) {
            return cut(steps.getFirst().said(), room);
        }
        return "[" + String.join(", ",
                steps.stream().map(step -> text(cut(step.said(), room / steps.size()))).toList()) + "]";
    }

    private static String cut(String text, int room) {
        return text.length() <= room ? text : text.substring(0, Math.max(0, room - CUT.length())) + CUT;
    }

    /** A JSON string. */
    private static String text(String value) {
        var json = new StringBuilder("\"");
        value.codePoints().forEach(code -> {
            switch (code) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (code < 0x20) {
                        json.append("\\u%04x".formatted(code));
                    } else {
                        json.appendCodePoint(code);
                    }
                }
            }
        });
        return json.append('"').toString();
    }
}
