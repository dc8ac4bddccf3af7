package io.claudeflow.swarm.hivemind.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The API's description, as those who read it take it. */
public final class OpenApi {
    private static final JsonNode ROOT = root();
    private static final Map<String, Validator> VALIDATORS = new HashMap<>();

    private OpenApi() {}

    /**
     * An example of a body.
     *
     * @param status of the answer that it is in; empty: it is a request's
     * @param schema the name of its schema
     */
    record Example(String operation, String status, String schema, String name, JsonNode value) {
        @Override
        public String toString() {
            return operation + " " + status + " " + name;
        }
    }

    private static JsonNode root() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(Description.reply().body().getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GET /v1/tasks} and so on. */
    static TreeSet<String> operations() {
        var operations = new TreeSet<String>();
        ROOT.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> {
                            if (!method.equals("parameters")) {
                                operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                            }
                        }));
        return operations;
    }

    static JsonNode schema(String name) {
        return ROOT.at("/components/schemas/" + name);
    }

    /** The names of a schema's properties. */
    static TreeSet<String> fields(String schema) {
        var names = new TreeSet<String>();
        schema(schema).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Names of the query parameters of an operation. */
    static TreeSet<String> parameters(String method, String path) {
        var names = new TreeSet<String>();
        for (var parameter : ROOT.path("paths").path(path).path(method).path("parameters")) {
            var whole = resolved(parameter);
            if (whole.path("in").asText().equals("query")) {
                names.add(whole.path("name").asText());
            }
        }
        return names;
    }

    static List<Example> examples() {
        var examples = new ArrayList<Example>();
        ROOT.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            var name = operation.getKey() + " " + path.getKey();
            collect(name, "", operation.getValue().path("requestBody"), examples);
            operation.getValue()
                    .path("responses")
                    .properties()
                    .forEach(answer -> collect(name, answer.getKey(), resolved(answer.getValue()), examples));
        }));
        return examples;
    }

    private static void collect(String operation, String status, JsonNode body, List<Example> into) {
        for (var content : body.path("content")) {
            var schema = content.at("/schema/$ref").asText().replaceFirst(".*/", "");
            content.path("examples")
                    .properties()
                    .forEach(example -> into.add(new Example(operation, status, schema, example.getKey(),
                            example.getValue().path("value"))));
        }
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? ROOT.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** What a schema has against a value; empty: nothing. */
    static String problems(String schema, JsonNode value) {
        var output = VALIDATORS.computeIfAbsent(schema, OpenApi::validator).validate(new JsonObject(value.toString()));
        return Boolean.TRUE.equals(output.getValid())
                ? ""
                : String.valueOf(output.getErrors()
                        .stream()
                        .map(error -> error.getInstanceLocation() + " " + error.getError())
                        .toList());
    }

    private static Validator validator(String schema) {
        var document = new JsonObject().put("$ref", "#/components/schemas/" + schema)
                .put("components", new JsonObject(ROOT.path("components").toString()));
        return Validator.create(JsonSchema.of(document), new JsonSchemaOptions().setDraft(Draft.DRAFT202012)
                .setBaseUri("urn:test")
                .setOutputFormat(OutputFormat.Basic));
    }

    /** Fails unless a value is what a schema says. */
    public static void fits(String schema, JsonNode value) {
        assertEquals("", problems(schema, value), () -> schema + ": " + value);
    }
}
