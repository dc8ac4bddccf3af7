package io.claudeflow.swarm.agent.adapter.http;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that somebody else wrote; what is wrong is said with the field's name. */
final class Fields {
    private final JsonObject object;

    private Fields(JsonObject object) {
        this.object = object;
    }

    /** Reads an object that has none but those fields. */
    static Fields of(Buffer body, Set<String> known) {
        JsonObject object;
        try {
            object = new JsonObject(body.toString(StandardCharsets.UTF_8));
        } catch (DecodeException | ClassCastException e) {
            throw invalid("body: is no JSON object: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        for (var name : object.fieldNames()) {
            if (!known.contains(name)) {
                throw invalid(name + ": is not a known field; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return new Fields(object);
    }

    /** Absent: empty. */
    String text(String name) {
        var value = object.getValue(name);
        return value == null ? "" : text(name, value);
    }

    private static String text(String name, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw invalid(name + ": is no text in quotation marks");
    }

    OptionalInt number(String name) {
        var value = object.getValue(name);
        if (value == null) {
            return OptionalInt.empty();
        } else if (value instanceof Integer number) {
            return OptionalInt.of(number);
        }
        throw invalid(name + ": '" + value + "' is not a whole number");
    }

    Map<String, String> texts(String name) {
        var value = object.getValue(name);
        if (value == null) {
            return Map.of();
        } else if (value instanceof JsonObject entries) {
            var texts = new LinkedHashMap<String, String>();
            for (var key : entries.fieldNames()) {
                texts.put(key, text(name + "." + key, entries.getValue(key)));
            }
            return texts;
        }
        throw invalid(name + ": is no object of texts");
    }

    List<String> list(String name) {
        var value = object.getValue(name);
        if (value == null) {
            return List.of();
        } else if (value instanceof JsonArray entries) {
            return entries.stream().map(entry -> text(name, entry)).toList();
        }
        throw invalid(name + ": is no list of texts");
    }

    static SwarmException invalid(String sentence) {
        return new SwarmException(ErrorCode.INVALID, sentence);
    }
}
