package io.claudeflow.swarm.hivemind.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.claudeflow.swarm.hivemind.adapter.http.Problem.FieldError;
import io.claudeflow.swarm.kit.bus.Json;
import io.claudeflow.swarm.kit.config.Durations;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that somebody else wrote. What is wrong is gathered, with field, value and what is allowed, until
 * {@link #finish} throws all of it; until then a wrong field reads as an absent one. Null is absent.
 */
final class Fields {
    private static final ObjectReader READER = Json.MAPPER.reader()
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final int SHOWN = 40;

    private final String path;
    private final JsonNode object;
    private final List<FieldError> errors;
    private final TreeSet<String> known = new TreeSet<>();
    private final List<Fields> nested = new ArrayList<>();

    private Fields(String path, JsonNode object, List<FieldError> errors) {
        this.path = path;
        this.object = object;
        this.errors = errors;
    }

    /** Throws UnreadableRequestException when the body is no JSON object; an empty one has no fields. */
    static Fields of(Buffer body) {
        try {
            var json = body.length() == 0 ? JsonNodeFactory.instance.objectNode() : READER.readTree(body.getBytes());
            if (json.isObject()) {
                return new Fields("", json, new ArrayList<>());
            }
            throw new UnreadableRequestException("body", "is " + shown(json) + ", and has to be a JSON object");
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new UnreadableRequestException("body",
                    "is no JSON object" + (place == null
                            ? ""
                            : ": line " + place.getLineNr() + ", column "
                                    + place.getColumnNr())
                            + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableRequestException("body", "is no JSON object: " + e.getMessage());
        }
    }

    @Nullable
    String text(String name, int most) {
        return text(name, 1, most);
    }

    /** @param least characters that it has to have */
    @Nullable
    String text(String name, int least, int most) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            return wrong(name, "is " + shown(value) + ", and has to be a text");
        }
        var text = value.textValue();
        if (text.length() < least || text.length() > most) {
            return wrong(name, "has " + text.length() + " characters, allowed are " + least + " to " + most);
        }
        return text;
    }

    /** @param allowed says in words what the form is */
    @Nullable
    String text(String name, int most, Pattern form, String allowed) {
        var text = text(name, most);
        return text == null || form.matcher(text).matches() ? text : wrong(name, "is '" + text + "', " + allowed);
    }

    @Nullable
    Integer number(String name, int least, int most) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least
                || value.intValue() > most) {
            return wrong(name, "is " + shown(value) + ", allowed are whole numbers from " + least + " to " + most);
        }
        return value.intValue();
    }

    @Nullable
    Boolean flag(String name) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        return value.isBoolean()
                ? (Boolean) value.booleanValue()
                : wrong(name, "is " + shown(value) + ", allowed are true and false");
    }

    /** One of several words. */
    <T> @Nullable T word(String name, Map<String, T> words) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        var meaning = value.isTextual() ? words.get(value.textValue()) : null;
        return meaning == null
                ? wrong(name, "is " + shown(value) + ", allowed are " + String.join(", ", words.keySet()))
                : meaning;
    }

    /** Whether the field is there as a text. */
    boolean isText(String name) {
        return object.path(name).isTextual();
    }

    boolean has(String name) {
        return value(name) != null;
    }

    @Nullable
    Duration duration(String name, Duration least) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        try {
            var duration = Durations.parse(value.asText());
            return value.isTextual() && duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0
                    ? duration
                    : wrong(name, "is " + shown(value) + ", allowed are texts from \"" + Durations.format(least)
                            + "\" to \"" + Durations.format(LONGEST) + "\"");
        } catch (IllegalArgumentException e) {
            return wrong(name, "is " + shown(value) + "; " + e.getMessage());
        }
    }

    Map<String, String> texts(String name, int most) {
        var value = value(name);
        var texts = new LinkedHashMap<String, String>();
        if (value == null) {
            return texts;
        }
        if (!value.isObject() || value.size() > most) {
            wrong(name, "is " + shown(value) + ", and has to be an object of at most " + most + " texts");
            return texts;
        }
        value.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            } else {
                wrong(name + "." + entry.getKey(), "is " + shown(entry.getValue()) + ", and has to be a text");
            }
        });
        return texts;
    }

    List<String> list(String name, int most, int longest) {
        var texts = new ArrayList<String>();
        int n = 0;
        for (var item : items(name, most)) {
            if (item.isTextual() && item.textValue().length() <= longest) {
                texts.add(item.textValue());
            } else {
                wrong(name + "[" + n + "]", "is " + shown(item) + ", and has to be a text of at most " + longest
                        + " characters");
            }
            n++;
        }
        return texts;
    }

    /** Null: absent. */
    @Nullable
    Fields object(String name) {
        var value = value(name);
        if (value == null || value.isObject()) {
            return value == null ? null : nested(name, value);
        }
        return wrong(name, "is " + shown(value) + ", and has to be an object");
    }

    List<Fields> objects(String name, int most) {
        var objects = new ArrayList<Fields>();
        int n = 0;
        for (var item : items(name, most)) {
            var place = name + "[" + n++ + "]";
            if (item.isObject()) {
                objects.add(nested(place, item));
            } else {
                wrong(place, "is " + shown(item) + ", and has to be an object");
            }
        }
        return objects;
    }

    private Fields nested(String name, JsonNode value) {
        var fields = new Fields(path + name + ".", value, errors);
        nested.add(fields);
        return fields;
    }

    private Iterable<JsonNode> items(String name, int most) {
        var value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            wrong(name, "is " + shown(value) + ", and has to be a list of at most " + most);
            return List.of();
        }
        return value;
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        var value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Says that a field is wrong; answers with null, as if it were absent. */
    <T> @Nullable T wrong(String name, String detail) {
        errors.add(new FieldError(path + name, detail));
        return null;
    }

    /** Says that a field has to be there, unless it is. */
    void require(String name, String what) {
        if (!has(name)) {
            wrong(name, "is missing; it is " + what);
        }
    }

    /** Says why a field is unknown, instead of which ones are. */
    void elsewhere(String name, String why) {
        if (value(name) != null) {
            wrong(name, why);
        }
        known.remove(name);
    }

    /** Throws UnreadableRequestException when a field is wrong, or not one of those that were asked for. */
    void finish() {
        unknown();
        if (!errors.isEmpty()) {
            throw new UnreadableRequestException(errors);
        }
    }

    private void unknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && errors.stream().noneMatch(error -> error.field().equals(path + name))) {
                wrong(name, "is not a known field; known are " + String.join(", ", known));
            }
        });
        nested.forEach(Fields::unknown);
    }

    private static String shown(JsonNode value) {
        if (value.isArray()) {
            return "a list of " + value.size();
        }
        if (value.isObject()) {
            return "an object of " + value.size();
        }
        var text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
