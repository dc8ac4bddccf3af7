package io.claudeflow.swarm.cli.adapter.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * One object to be applied.
 *
 * @param file  as the person named it
 * @param lines line of each field by its path ({@code spec.models[0].type}), from 1
 * @param json  the object itself
 */
public record Manifest(String file, Map<String, Integer> lines, ObjectNode json) {
    public Manifest {
        lines = Map.copyOf(lines);
    }

    public String apiVersion() {
        return json.path("apiVersion").asText();
    }

    public String kind() {
        return json.path("kind").asText();
    }

    public String name() {
        return json.path("metadata").path("name").asText();
    }

    /** Its own namespace; empty when it names none. */
    public String namespace() {
        return json.path("metadata").path("namespace").asText("");
    }

    /** File and line of a field, or of the nearest field above it that the file has. */
    public String place(String field) {
        var path = field;
        while (!path.isEmpty()) {
            var line = lines.get(path);
            if (line != null) {
                return file + ":" + line;
            }
            path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
        }
        return place();
    }

    /** File and line at which the object begins. */
    public String place() {
        return file + ":" + lines.getOrDefault("", 1);
    }
}
