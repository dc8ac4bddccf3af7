package io.claudeflow.swarm.hivemind.adapter.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.claudeflow.swarm.hivemind.adapter.http.OpenApi.Example;
import io.claudeflow.swarm.kit.bus.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API's description says what the code does, and the code does what the description says. */
class OpenApiTest {
    private static final Map<String, Class<?>> ANSWERS = Map.of("Task", TaskAnswer.class, "Checkpoint",
            TaskAnswer.Checkpoint.class, "Subtask", TaskAnswer.Subtask.class, "Tasks", TaskAnswer.Tasks.class,
            "Problem", Problem.class, "FieldError", Problem.FieldError.class);
    private static final String ID = "4a2f1f0e-7f0b-4a53-9a0e-0f8f3c9f6a51";

    static List<Example> examples() {
        return OpenApi.examples();
    }

    @Test
    void everyRouteIsDescribedAndViceVersa() {
        var routes = new TreeSet<>(
                Arrays.stream(Route.values()).map(route -> route.method + " " + route.path).toList());
        assertEquals(routes, OpenApi.operations());
    }

    @Test
    void everyFieldOfAnAnswerIsDescribedAndViceVersa() {
        ANSWERS.forEach((schema, type) -> assertEquals(new TreeSet<>(
                Arrays.stream(type.getRecordComponents()).map(component -> component.getName()).toList()),
                OpenApi.fields(schema), schema));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"NewTask|{'?': 1}", "Retries|{'task': 'a', 'retries': {'?': 1}}",
        "AgentSelector|{'task': 'a', 'agentSelector': {'?': 1}}",
        "Variable|{'task': 'a', 'environment': [{'name': 'a', '?': 1}]}",
        "CheckpointOptions|{'task': 'a', 'checkpoint': {'?': 1}}",
        "NewSubtask|{'subtasks': [{'name': 'a', 'task': 'a', '?': 1}]}"}, quoteCharacter = '~')
    void everyFieldOfATaskIsDescribedAndViceVersa(String schema, String body) {
        var unknown = assertThrows(UnreadableRequestException.class, () -> read(body)).errors()
                .stream()
                .filter(error -> error.field().endsWith("?"))
                .findFirst()
                .orElseThrow();
        assertEquals("is not a known field; known are " + String.join(", ", OpenApi.fields(schema)), unknown.detail());
    }

    @Test
    void everyParameterIsDescribedAndViceVersa() {
        var unknown = MultiMap.caseInsensitiveMultiMap().add("?", "");
        assertParameters(OpenApi.parameters("get", "/v1/tasks"),
                assertThrows(UnreadableRequestException.class, () -> Parameters.query(unknown)));
        for (var waits : List.of(OpenApi.parameters("post", "/v1/tasks"),
                OpenApi.parameters("get", "/v1/tasks/{uid}"))) {
            assertParameters(waits, assertThrows(UnreadableRequestException.class, () -> Parameters.wait(unknown)));
        }
    }

    private static void assertParameters(TreeSet<String> described, UnreadableRequestException unknown) {
        assertEquals("is not a known parameter; known are " + String.join(", ", described),
                unknown.errors().getFirst().detail());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleFitsItsSchemaAndTheCode(Example example) throws IOException {
        OpenApi.fits(example.schema(), example.value());
        if (example.status().isEmpty()) {
            var body = Buffer.buffer(example.value().toString());
            switch (example.schema()) {
                case "NewTask" -> TaskBody.read(body, ID, "");
                case "Change" -> ChangeBody.change(body);
                case "Cancellation" -> ChangeBody.reason(body);
                default -> throw new AssertionError("no code reads " + example.schema());
            }
        } else {
            var answer = Json.MAPPER.readerFor(ANSWERS.get(example.schema()))
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(example.value());
            assertEquals(example.value(), Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(answer)));
        }
    }

    @Test
    void everyRequestAndAnswerHasAnExample() {
        var shown = new TreeSet<>(examples().stream().map(Example::schema).toList());
        assertTrue(shown.containsAll(List.of("NewTask", "Change", "Cancellation", "Task", "Tasks", "Problem")),
                shown::toString);
        var much = examples().stream()
                .filter(example -> example.schema().equals("NewTask"))
                .map(Example::value)
                .toList();
        var fields = new TreeSet<String>();
        much.forEach(example -> example.fieldNames().forEachRemaining(fields::add));
        assertEquals(OpenApi.fields("NewTask"), fields, "every field is in an example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'task': 'a', 'priority': 100}", "{'task': 'a', 'priority': 101}",
        "{'task': 'a', 'priority': 1.5}", "{'task': 'a', 'priority': 'high'}", "{'task': 'a', 'priority': 'higher'}",
        "{'task': 'a', 'priority': '50'}", "{'task': ''}", "{'task': 1}", "{'task': 'a', 'timeout': '1m30s'}",
        "{'task': 'a', 'timeout': '1.5s'}", "{'task': 'a', 'timeout': 30}", "{'task': 'a', 'executor': 'llm'}",
        "{'task': 'a', 'retries': {'limit': 0, 'backoff': '0s'}}", "{'task': 'a', 'retries': {'limit': 101}}",
        "{'task': 'a', 'retries': {'onLost': 'never'}}", "{'task': 'a', 'retries': 3}",
        "{'task': 'a', 'requestId': '4A2F1F0E-7F0B-4A53-9A0E-0F8F3C9F6A51'}", "{'task': 'a', 'requestId': 'mine'}",
        "{'task': 'a', 'agentType': 'Coder'}", "{'task': 'a', 'agentType': 'coder-2'}",
        "{'task': 'a', 'parameters': {'a': 1}}", "{'task': 'a', 'parameters': {'a': ''}}",
        "{'task': 'a', 'environment': {'A': 'b'}}", "{'task': 'a', 'environment': [{'name': 'A'}]}",
        "{'task': 'a', 'environment': [{'name': 'A', 'value': ''}]}", "{'task': 'a', 'environment': [{'value': 'b'}]}",
        "{'task': 'a', 'requiredCapabilities': ['a', 'b']}", "{'task': 'a', 'requiredCapabilities': [1]}",
        "{'task': 'a', 'agentSelector': {}}", "{'task': 'a', 'agentSelector': {'name': ''}}",
        "{'task': 'a', 'agentSelector': {'matchLabels': {'a': 'b'}}}", "{'task': 'a', 'resume': 'yes'}",
        "{'task': 'a', 'checkpoint': {'path': 'here'}}", "{'task': 'a', 'checkpoint': {'path': '/here'}}",
        "{'subtasks': []}", "{'subtasks': [{'name': 'a'}]}", "{'subtasks': [{'task': 'a'}]}",
        "{'subtasks': [{'name': 'a', 'task': 'b'}]}", "{'subtasks': [{'name': 'a', 'task': 'b', 'parallelism': 0}]}",
        "{'subtasks': [{'name': 'a', 'task': 'b', 'when': ''}]}", "{'task': 'a', 'secrets': []}",
        "{'task': 'a', 'name': ''}", "{'task': 'a', 'failFast': false}", "{'task': 'a', 'suspend': true}"})
    void schemaAndCodeAgreeOnWhatATaskIs(String body) throws IOException {
        var json = Json.MAPPER.readTree(body.replace('\'', '"'));
        if (OpenApi.problems("NewTask", json).isEmpty()) {
            assertDoesNotThrow(() -> read(body));
        } else {
            assertThrows(UnreadableRequestException.class, () -> read(body), () -> OpenApi.problems("NewTask", json));
        }
    }

    @Test
    void boundsOfLengthAndNumberAreTheSame() {
        agree("task", "x", 262_144, text -> "{\"task\": \"" + text + "\"}");
        agree("name", "x", 253, text -> "{\"task\": \"a\", \"name\": \"" + text + "\"}");
        agree("agentType", "x", 63, text -> "{\"task\": \"a\", \"agentType\": \"" + text + "\"}");
        agree("parameters", "\"%d\": \"\", ", 256, text -> "{\"task\": \"a\", \"parameters\": {" + text + "}}");
        agree("environment", "{\"name\": \"%d\"}, ", 256, text -> "{\"task\": \"a\", \"environment\": [" + text + "]}");
        agree("subtasks", "{\"name\": \"s%d\", \"task\": \"a\"}, ", 64, text -> "{\"subtasks\": [" + text + "]}");
    }

    private static void agree(String what, String unit, int most, java.util.function.UnaryOperator<String> body) {
        for (int number : List.of(most, most + 1)) {
            var text = new StringBuilder();
            for (int n = 0; n < number; n++) {
                text.append(unit.replace("%d", String.valueOf(n)));
            }
            var whole = body.apply(text.toString().replaceAll(", $", ""));
            JsonNode json = assertDoesNotThrow(() -> Json.MAPPER.readTree(whole));
            assertEquals(number == most, OpenApi.problems("NewTask", json).isEmpty(), what + " of " + number);
            if (number == most) {
                assertDoesNotThrow(() -> read(whole), what);
            } else {
                assertThrows(UnreadableRequestException.class, () -> read(whole), what);
            }
        }
    }

    @Test
    void theSchemaIsStrict() {
        assertFalse(OpenApi.problems("Task", JsonNodeFactory.instance.objectNode()).isEmpty());
        assertFalse(OpenApi.problems("Problem", JsonNodeFactory.instance.objectNode()).isEmpty());
    }

    private static void read(String body) {
        var draft = TaskBody.read(Buffer.buffer(body.replace('\'', '"')), ID, "");
        assertEquals("shell", draft.spec().executor());
    }
}
