package io.claudeflow.swarm.agent.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.checkpoint.CheckpointData;
import io.claudeflow.swarm.agent.door.DoorCodes;
import io.claudeflow.swarm.agent.door.Doorkeeper;
import io.claudeflow.swarm.agent.door.Percent;
import io.claudeflow.swarm.agent.door.ScriptCalls;
import io.claudeflow.swarm.agent.door.StepFacts;
import io.claudeflow.swarm.agent.door.Submission;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorServerIT {
    private final Vertx vertx = Vertx.vertx();
    private final Doorkeeper keeper = new Doorkeeper();
    private final DoorServer server = new DoorServer(vertx, keeper);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Run run = new Run();
    private String token = "";

    @BeforeEach
    void start() throws Exception {
        await(server.start());
        token = keeper.admit(run);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        await(server.stop());
        await(vertx.close());
    }

    @Test
    void progressIsPassedOn() throws Exception {
        assertEquals(204, post("/v1/progress", "{\"percent\": 40, \"message\": \"half \\\"way\\\"\"}").statusCode());
        assertEquals(204, post("/v1/progress", "{\"percent\":100}").statusCode());

        assertEquals(List.of("40 half \"way\"", "100 "), run.heard);
    }

    @Test
    void whatIsWrongIsSaidWithTheField() throws Exception {
        problem(400, "Invalid", "percent: 101 is not in 0 to 100", post("/v1/progress", "{\"percent\":101}"));
        problem(400, "Invalid", "percent: '4.5' is not a whole number", post("/v1/progress", "{\"percent\":4.5}"));
        problem(400, "Invalid", "percent: is missing; allowed are 0 to 100", post("/v1/progress", "{}"));
        problem(400, "Invalid", "message: is no text in quotation marks",
                post("/v1/progress", "{\"percent\":1,\"message\":2}"));
        problem(400, "Invalid", "precent: is not a known field; known are message, percent",
                post("/v1/progress", "{\"precent\":1}"));
        problem(400, "Invalid", "priority: 101 is not in 0 to 100",
                post("/v1/tasks", "{\"script\":\"true\",\"priority\":101}"));
        problem(400, "Invalid", "script: is empty; it is what the task runs", post("/v1/tasks", "{\"name\":\"a\"}"));
        problem(400, "Invalid", "parameters.a: is no text in quotation marks",
                post("/v1/tasks", "{\"script\":\"true\",\"parameters\":{\"a\":1}}"));
        assertTrue(post("/v1/progress", "not JSON").body().contains("body: is no JSON object"));
        assertEquals(List.of(), run.heard);
    }

    @Test
    void aCheckpointIsAnsweredWhenItIsDurable() throws Exception {
        var answer = client.sendAsync(request("/v1/checkpoint").POST(BodyPublishers.ofByteArray(new byte[]{0, -1, 7}))
                .build(), BodyHandlers.ofString());
        run.asked.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertFalse(answer.isDone());

        run.durable.complete(7L);

        assertEquals("{\"number\":7}", answer.get(10, TimeUnit.SECONDS).body());
        var last = client.send(request("/v1/checkpoint").header("Accept", "text/plain").build(),
                BodyHandlers.ofByteArray());
        assertArrayEquals(new byte[]{0, -1, 7}, last.body());
    }

    @Test
    void withoutACheckpointThereIsNone() throws Exception {
        problem(404, "NotFound", "there is no checkpoint to go on from", get("/v1/checkpoint"));
    }

    @Test
    void aFencedCheckpointIsAConflict() throws Exception {
        run.durable.fail(new SwarmException(DoorCodes.FENCED, "another attempt took its place"));

        problem(409, "Fenced", "another attempt took its place", post("/v1/checkpoint", "x"));
    }

    @Test
    void aCheckpointHasABound() throws Exception {
        run.durable.complete(1L);

        assertEquals(200, post("/v1/checkpoint", "x".repeat(CheckpointData.MAX_BYTES)).statusCode());
        assertEquals(200, post("/v1/checkpoint", "").statusCode());
        problem(413, "TooLarge", "checkpoint: has 65537 bytes, allowed are 65536",
                post("/v1/checkpoint", "x".repeat(CheckpointData.MAX_BYTES + 1)));
        problem(413, "TooLarge", "checkpoint: has 3000000 bytes, allowed are 65536",
                post("/v1/checkpoint", "x".repeat(3_000_000)));
    }

    @Test
    void aTaskIsHandedInWithAllThatItSays() throws Exception {
        var answer = post("/v1/tasks", "{\"name\":\"sub\",\"script\":\"echo\",\"parameters\":{\"a\":\"1\"},"
                + "\"priority\":70,\"agentType\":\"coder\",\"requiredCapabilities\":[\"gpu\"]}");

        assertEquals("{\"taskUid\":\"uid-1\"}", answer.body());
        assertEquals(List.of(new Submission("sub", "echo", Map.of("a", "1"), OptionalInt.of(70), "coder",
                List.of("gpu"))), run.submitted);
    }

    @Test
    void refusalsOfTheHiveMindKeepTheirCode() throws Exception {
        run.refusal = new SwarmException(ErrorCode.INDETERMINATE, "no answer within 10 s");
        problem(504, "Indeterminate", "no answer within 10 s", post("/v1/tasks", "{\"script\":\"true\"}"));
        run.refusal = new SwarmException(new ErrorCode("NameTaken", ErrorCode.Blame.USER), "name: is taken");
        problem(422, "NameTaken", "name: is taken", post("/v1/tasks", "{\"script\":\"true\"}"));
        run.refusal = new SwarmException(ErrorCode.UNAVAILABLE, "no leader");
        problem(503, "Unavailable", "no leader", post("/v1/tasks", "{\"script\":\"true\"}"));
    }

    @Test
    void aScriptLearnsWhatItsStepIs() throws Exception {
        assertEquals("{\"task\":\"count\",\"namespace\":\"default\",\"uid\":\"uid\",\"attempt\":2,\"percent\":40,"
                + "\"resumes\":true,\"checkpointNumber\":6}", get("/v1/step").body());
        assertEquals("task: count\nnamespace: default\nuid: uid\nattempt: 2\npercent: 40\nresumes: true\n"
                + "checkpointNumber: 6\n",
                client.send(request("/v1/step").header("Accept", "text/plain").build(), BodyHandlers.ofString())
                        .body());
    }

    @Test
    void onlyARunThatRunsMaySpeakAndOnlyHere() throws Exception {
        problem(404, "NotFound",
                "nothing at /v2; there are /v1/progress, /v1/checkpoint, /v1/tasks and /v1/step", get("/v2"));
        problem(405, "MethodNotAllowed", "/v1/checkpoint takes GET, POST",
                client.send(request("/v1/checkpoint").DELETE().build(), BodyHandlers.ofString()));
        var mine = token;
        for (var wrong : List.of("", "x" + mine, mine.substring(1))) {
            token = wrong;
            assertEquals(401, get("/v1/step").statusCode(), wrong);
        }
        token = mine;
        keeper.dismiss(token);
        assertEquals(401, get("/v1/step").statusCode());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static void problem(int status, String code, String detail, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals(code, new JsonObject(answer.body()).getString("code"));
        assertEquals(detail, new JsonObject(answer.body()).getString("detail"));
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A run that a test leads by hand. */
    private static final class Run implements ScriptCalls {
        final List<String> heard = new ArrayList<>();
        final List<Submission> submitted = new ArrayList<>();
        final Promise<Void> asked = Promise.promise();
        final Promise<Long> durable = Promise.promise();
        volatile @Nullable SwarmException refusal;
        private Optional<CheckpointData> last = Optional.empty();

        @Override
        public void progress(Percent percent, String message) {
            heard.add(percent.value() + " " + message);
        }

        @Override
        public Future<Long> checkpoint(CheckpointData data) {
            last = Optional.of(data);
            asked.tryComplete();
            return durable.future();
        }

        @Override
        public Optional<CheckpointData> lastCheckpoint() {
            return last;
        }

        @Override
        public Future<String> submit(Submission submission) {
            if (refusal != null) {
                return Future.failedFuture(refusal);
            }
            submitted.add(submission);
            return Future.succeededFuture("uid-" + submitted.size());
        }

        @Override
        public StepFacts facts() {
            return new StepFacts("count", "default", "uid", 2, 40, true, 6);
        }
    }
}
