package io.claudeflow.swarm.hivemind;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.HttpCaller.Answer;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger over HTTP, with whole replicas and real Raft. */
class TaskRequestsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    @TempDir
    Path folder;

    private static void found(TestSwarm swarm, int replicas) throws Exception {
        swarm.start();
        await().atMost(SOON).until(() -> swarm.leader() >= 0);
        await().atMost(SOON).until(() -> Objects.requireNonNull(swarm.state()).voters().size() == replicas);
        swarm.trust();
        swarm.declare("demo-coder-0");
    }

    private static void problem(int status, String code, String detail, Answer answer) {
        assertEquals(status, answer.status(), () -> answer.json().toString());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals(code, answer.text("code"));
        assertTrue(answer.text("detail").contains(detail), () -> answer.json().toString());
    }

    @Test
    void anyReplicaAnswersAndARepeatedRequestIsOneTask() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.8", 3); var user = new HttpCaller(swarm.tokens().ofUser())) {
            found(swarm, 3);
            swarm.agent("demo-coder-0", List.of(0, 1, 2), _ -> Outcome.SUCCEEDED);
            var body = "{\"task\": \"true\", \"name\": \"hello\", \"requestId\": \"" + ID + "\"}";
            for (int replica = 0; replica < 3; replica++) {
                var host = swarm.address(replica);
                var answer = user.post(host, "/v1/tasks?wait=20s", body);
                assertEquals(replica == 0 ? 201 : 200, answer.status(), () -> answer.json().toString());
                assertEquals("/v1/tasks/" + ID + ".1", answer.header("Location"));
                assertEquals("Completed", answer.text("phase"));
                assertEquals("did " + ID + ".1", answer.text("result"));
                assertEquals(answer.json(), user.get(host, answer.header("Location")).json());
                assertEquals("hello", user.get(host, "/v1/tasks").json().path("tasks").path(0).path("name").asText());
            }
            var other = user.post(swarm.address(1), "/v1/tasks?wait=20s", "{\"task\": \"false\"}");
            assertEquals(201, other.status());
            assertTrue(other.text("uid").matches("[0-9a-f-]{36}\\.1"));
            assertEquals(2, user.get(swarm.address(2), "/v1/tasks").json().path("tasks").size());
        }
    }

    @Test
    void aLeaderThatStopsLetsGoOfThoseWhoWait() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.9", 3); var user = new HttpCaller(swarm.tokens().ofUser())) {
            found(swarm, 3);
            int old = swarm.leader();
            int follower = (old + 1) % 3;
            var place = user.post(swarm.address(follower), "/v1/tasks", "{\"task\": \"true\"}").header("Location");
            var direct = user.getLater(swarm.address(old), place + "?wait=60s");
            var passedOn = user.getLater(swarm.address(follower), place + "?wait=60s");
            assertEquals("Pending", user.get(swarm.address(follower), place + "?wait=10ms").text("phase"));
            swarm.forgetState();
            swarm.stop(old);
            problem(503, "Unavailable", "ask again", passedOn.get(20, TimeUnit.SECONDS));
            problem(503, "Unavailable", "ask again", direct.get(20, TimeUnit.SECONDS));
            await().atMost(SOON).until(() -> swarm.leader() >= 0);
            swarm.agent("demo-coder-0", List.of(follower), _ -> Outcome.SUCCEEDED);
            assertEquals("Completed", user.get(swarm.address(follower), place + "?wait=20s").text("phase"));
        }
    }

    @Test
    void whoIsNotWelcomeAndWhatCannotBeReadIsToldWhy() throws Exception {
        try (var swarm = new TestSwarm(folder, "127.91.10", 1);
                var nobody = new HttpCaller("");
                var late = new HttpCaller(swarm.tokens().ofUser(Instant.now().minusSeconds(600)));
                var stranger = new HttpCaller(new Tokens().ofUser());
                var user = new HttpCaller(swarm.tokens().ofUser())) {
            var host = swarm.address(0);
            found(swarm, 1);
            var missing = nobody.get(host, "/v1/tasks");
            problem(401, "Unauthenticated", "swarm token", missing);
            assertEquals("Bearer", missing.header("WWW-Authenticate"));
            problem(401, "Unauthenticated", "come with a new one", late.get(host, "/v1/tasks"));
            problem(401, "Unauthenticated", "signature", stranger.get(host, "/v1/tasks"));
            assertEquals(200, nobody.get(host, "/v1/openapi.yaml").status());
            problem(404, "NotFound", "/v1/openapi.yaml", nobody.get(host, "/v1/nothing"));
            problem(405, "MethodNotAllowed", "GET, POST", user.patch(host, "/v1/tasks", "{}"));
            problem(404, "NotFound", "no task", user.get(host, "/v1/tasks/" + ID + ".1"));
            problem(400, "Invalid", "wait: is '61s', allowed are durations up to 1m",
                    user.post(host, "/v1/tasks?wait=61s", "{}"));
            var twice = user.post(host, "/v1/tasks", "{\"script\": \"true\", \"priority\": 101}");
            problem(400, "Invalid", "more, see errors", twice);
            assertEquals(3, twice.json().path("errors").size(), () -> twice.json().toString());
            problem(413, "TooLarge", "allowed are 524288", user.post(host, "/v1/tasks", "x".repeat(600 * 1024)));
            problem(422, "Invalid", "depends on 'b', which is not there", user.post(host, "/v1/tasks",
                    "{\"subtasks\": [{\"name\": \"a\", \"task\": \"true\", \"dependsOn\": [\"b\"]}]}"));
        }
    }
}
