package io.claudeflow.swarm.cli.adapter.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An object as the server has it, read by path: {@code status.phase}. Absent is empty, never an exception. */
public record KubeObject(JsonNode json) {
    public String name() {
        return text("metadata.name");
    }

    public String namespace() {
        return text("metadata.namespace");
    }

    public String kind() {
        return text("kind");
    }

    public String uid() {
        return text("metadata.uid");
    }

    /** The value there as text; empty when absent. */
    public String text(String path) {
        return at(path).asText("");
    }

    /** The number there; {@code fallback} when absent. */
    public int number(String path, int fallback) {
        return at(path).asInt(fallback);
    }

    /** The list of texts there. */
    public List<String> texts(String path) {
        var texts = new ArrayList<String>();
        at(path).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** The map of texts there, sorted by key. */
    public Map<String, String> map(String path) {
        var map = new TreeMap<String, String>();
        at(path).properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    /** The instant there. */
    public Optional<Instant> instant(String path) {
        try {
            return Optional.of(Instant.parse(text(path)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The conditions of its status, in the server's order. */
    public List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        for (var condition : at("status.conditions")) {
            conditions.add(new Condition(condition.path("type").asText(), condition.path("status").asText(),
                    condition.path("reason").asText(""), condition.path("message").asText("")));
        }
        return conditions;
    }

    /** The condition of that type. */
    public Optional<Condition> condition(String type) {
        return conditions().stream().filter(condition -> condition.type().equals(type)).findFirst();
    }

    /** Whether the condition of that type holds for the spec that the object has now. */
    public boolean holds(String type) {
        boolean current = at("status.observedGeneration").isMissingNode()
                || number("status.observedGeneration", 0) >= number("metadata.generation", 0);
        return current && condition(type).filter(condition -> condition.status().equals("True")).isPresent();
    }

    private JsonNode at(String path) {
        var node = json;
        for (var field : path.split("\\.", -1)) {
            node = node.path(field);
        }
        return node;
    }

    /** A condition of a status. */
    public record Condition(String type, String status, String reason, String message) {}
}
