package io.claudeflow.swarm.hivemind.adapter.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.port.TaskRequests;
import io.claudeflow.swarm.kit.bus.Json;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.Saved;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door over real HTTP, with a leader's desk that the test holds: two replicas, of which the second leads, or nobody. */
class HttpTaskDoorIT {
    private static final String ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final Bounds SMALL = new Bounds(3, 2, Duration.ofMillis(500), Duration.ofMillis(700));

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Desk desk = new Desk();
    private final List<HttpTaskDoor> doors = new ArrayList<>();
    private final Map<Integer, Integer> ports = new ConcurrentHashMap<>();
    private final List<String> measured = new CopyOnWriteArrayList<>();
    private volatile int leader = 1;

    /** A desk that answers what it is told to. */
    private static final class Desk implements TaskRequests {
        final List<String> heard = new CopyOnWriteArrayList<>();
        volatile Promise<Seen> answer = Promise.promise();

        static Seen seen(String uid) {
            return new Seen(new TaskState(uid, TaskOrigin.CLIENT, "ns", "t", 1, 1, TaskPhase.COMPLETED, 1, List.of("a"),
                    40, "", Instant.EPOCH, Instant.EPOCH, Instant.EPOCH.plusSeconds(90), 0, "r", false, null, null,
                    new Saved(1, 2L, Instant.EPOCH, Duration.ofSeconds(3)), List.of(), List.of(), List.of()), 50, 3,
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        }

        @Override
        public Caller caller(String token) {
            if (token.equals("defect")) {
                throw new IllegalStateException("a defect");
            }
            return new Caller(token);
        }

        @Override
        public Future<Submitted> submit(Caller caller, Draft draft, Duration wait) {
            heard.add("submit " + caller.submitter() + " " + draft.requestId() + " " + wait.toSeconds() + " "
                    + draft.traceparent());
            return answer.future().map(seen -> new Submitted(seen, true));
        }

        @Override
        public Future<Seen> read(Caller caller, String uid, Duration wait) {
            heard.add("read " + uid);
            return answer.future();
        }

        @Override
        public Page list(Caller caller, Query query) {
            return new Page(List.of(seen("a"), seen("b")), 17L);
        }

        @Override
        public Future<Seen> cancel(Caller caller, String uid, String reason) {
            heard.add("cancel " + uid + " " + reason);
            return answer.future();
        }

        @Override
        public Future<Seen> change(Caller caller, String uid, Change change) {
            heard.add(change.toString());
            return answer.future();
        }
    }

    @BeforeEach
    void start() throws Exception {
        for (int replica = 0; replica < 2; replica++) {
            start(replica, Bounds.DEFAULT);
        }
    }

    private HttpServer start(int replica, Bounds bounds) throws Exception {
        var door = new HttpTaskDoor(vertx, n -> SocketAddress.inetSocketAddress(port(n), "127.0.0.1"),
                (route, status, _) -> measured.add(route + " " + status), bounds);
        @Nullable
        TaskRequests leads = replica == 0 ? null : desk;
        door.leader(() -> leader == replica ? leads : null, () -> leader);
        var server = vertx.createHttpServer();
        door.serve(server, request -> request.response()
                .end("gRPC")
                .onFailure(cause -> measured.add(String.valueOf(cause))));
        ports.put(replica, get(server.listen(0, "127.0.0.1")).actualPort());
        doors.add(door);
        return server;
    }

    private int port(int replica) {
        return Objects.requireNonNull(ports.get(replica));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        for (var door : doors) {
            get(door.stop());
        }
        get(vertx.close());
    }

    private HttpRequest.Builder to(int replica, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(replica) + path))
                .header("Authorization", "Bearer me");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(int replica, String path, String body) throws Exception {
        return send(to(replica, path).POST(BodyPublishers.ofString(body)));
    }

    private static void problem(int status, String code, HttpResponse<String> answer) throws IOException {
        assertEquals(status, answer.statusCode(), answer.body());
        var json = Json.MAPPER.readTree(answer.body());
        OpenApi.fits("Problem", json);
        assertEquals(code, json.path("code").asText());
        assertEquals(status == 503 ? "1" : "", answer.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void aFollowerPassesOnWhatWasSaidAndWhatIsAnswered() throws Exception {
        desk.answer.complete(Desk.seen(ID + ".1"));
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var answer = send(to(0, "/v1/tasks?wait=7s").header("traceparent", trace)
                .POST(BodyPublishers.ofString("{\"task\": \"true\", \"requestId\": \"" + ID + "\"}")));
        assertEquals(201, answer.statusCode(), answer.body());
        assertEquals("/v1/tasks/" + ID + ".1", answer.headers().firstValue("Location").orElse(""));
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
        OpenApi.fits("Task", Json.MAPPER.readTree(answer.body()));
        assertEquals(List.of("submit me " + ID + " 7 " + trace), desk.heard);
        var page = Json.MAPPER.readTree(send(to(0, "/v1/tasks?limit=2").GET()).body());
        OpenApi.fits("Tasks", page);
        assertEquals("17", page.path("next").asText());
        assertTrue(page.path("tasks").path(0).path("result").isMissingNode(), page::toString);
        var places = List.of("POST /v1/tasks 201", "POST /v1/tasks 201", "GET /v1/tasks 200", "GET /v1/tasks 200");
        assertEquals(places, measured, "both replicas count");
    }

    @Test
    void aTaskIsCancelledAndChangedAtAnyReplica() throws Exception {
        desk.answer.complete(Desk.seen("a/b+c"));
        assertEquals(202, post(0, "/v1/tasks/a%2Fb+c/cancel", "").statusCode());
        assertEquals(202, post(1, "/v1/tasks/t/cancel", "{\"reason\": \"enough\"}").statusCode());
        var change = to(0, "/v1/tasks/t").method("PATCH", BodyPublishers.ofString("{\"priority\": \"low\"}"));
        assertEquals(200, send(change).statusCode());
        assertEquals(
                List.of("cancel a/b+c cancelled over HTTP", "cancel t enough", "Change[suspend=null, priority=25]"),
                desk.heard);
        problem(400, "Invalid", send(to(0, "/v1/tasks/t").method("PATCH", BodyPublishers.ofString("{}"))));
    }

    @Test
    void nothingIsPassedOnTwiceOrToNobody() throws Exception {
        problem(503, "Unavailable", send(to(0, "/v1/tasks").header(LeaderClient.PASSED_ON, ID).GET()));
        leader = -1;
        problem(503, "Unavailable", send(to(1, "/v1/tasks").GET()));
        leader = 0;
        // Each thinks that the other one leads: the second one does not pass it on again.
        problem(503, "Unavailable", send(to(1, "/v1/tasks").GET()));
        ports.put(0, 1);
        problem(503, "Unavailable", post(1, "/v1/tasks", "{\"task\": \"true\"}"));
        assertEquals(List.of(), desk.heard);
    }

    @Test
    void whoWaitsForALeaderThatLeadsNoMoreIsToldSoAndWithWhichIdToAskAgain() throws Exception {
        var named = client.sendAsync(to(0, "/v1/tasks")
                .POST(BodyPublishers.ofString("{\"task\": \"true\", \"requestId\": \"" + ID + "\"}"))
                .build(), BodyHandlers.ofString());
        var nameless = client.sendAsync(
                to(0, "/v1/tasks").POST(BodyPublishers.ofString("{\"task\": \"true\"}")).build(),
                BodyHandlers.ofString());
        var read = client.sendAsync(to(0, "/v1/tasks/a").GET().build(), BodyHandlers.ofString());
        await().until(() -> desk.heard.size() == 3);
        leader = -1;
        problem(503, "Indeterminate", named.get(5, TimeUnit.SECONDS));
        assertTrue(named.join().body().contains(ID), named.join()::body);
        problem(503, "Indeterminate", nameless.get(5, TimeUnit.SECONDS));
        var id = desk.heard.stream()
                .filter(said -> said.startsWith("submit") && !said.contains(ID))
                .findFirst()
                .orElseThrow()
                .split(" ")[2];
        assertTrue(nameless.join().body().contains(id), "the id that the leader was given: " + id);
        problem(503, "Unavailable", read.get(5, TimeUnit.SECONDS));
    }

    @Test
    void whatIsWrongIsAProblem() throws Exception {
        problem(404, "NotFound", send(to(0, "/").GET()));
        problem(404, "NotFound", send(to(0, "/v1/tasks/").GET()));
        var method = send(to(0, "/v1/tasks/a").DELETE());
        problem(405, "MethodNotAllowed", method);
        assertEquals("GET, PATCH", method.headers().firstValue("Allow").orElse(""));
        problem(400, "Invalid", send(to(1, "/v1/tasks?limit=0&phase=running&after=x&more").GET()));
        problem(400, "Invalid", post(1, "/v1/tasks", "{\"task\": \"a\", \"task\": \"b\"}"));
        problem(400, "Invalid", post(1, "/v1/tasks", "{\"task\": \"a\"} {}"));
        problem(400, "Invalid", post(1, "/v1/tasks", "[".repeat(100_000)));
        problem(400, "Invalid", post(1, "/v1/tasks", "[]"));
        problem(413, "TooLarge", post(0, "/v1/tasks", "x".repeat(Bodies.MOST + 1)));
        problem(500, "Internal", send(HttpRequest.newBuilder(to(1, "/v1/tasks").build(), (_, _) -> true)
                .setHeader("Authorization", "bearer defect")
                .GET()));
        desk.answer.fail(new SwarmException(ErrorCode.EXHAUSTED, "full"));
        problem(503, "Exhausted", post(0, "/v1/tasks", "{\"task\": \"a\"}"));
        assertTrue(String.join(" ", measured).contains("none 404"), measured::toString);
    }

    @Test
    void aQueryThatCannotBeDecodedIsAProblem() throws Exception {
        var answer = raw(1,
                "GET /v1/tasks?limit=%zz HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer me\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    /** Says that on a connection of its own; what comes back until it is closed. */
    private String raw(int replica, String said) throws IOException {
        try (var socket = new Socket("127.0.0.1", port(replica))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoeverIsSlowOrSilentIsSentAway() throws Exception {
        start(1, SMALL);
        var begin = "POST /v1/tasks HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer me\r\nContent-Length: 100\r\n\r\n{";
        var slow = raw(1, begin);
        assertTrue(slow.startsWith("HTTP/1.1 408 ") && slow.contains("RequestTimeout"), slow);
        var idle = raw(1, "GET /v1/openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(idle.startsWith("HTTP/1.1 200 "), "answered, then closed");
        assertEquals(List.of("POST /v1/tasks 408", "GET /v1/openapi.yaml 200"), measured);
    }

    @Test
    void connectionsAndRequestsAreBounded() throws Exception {
        start(1, SMALL);
        var read = "GET /v1/tasks/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer me\r\n\r\n";
        try (var one = new Socket("127.0.0.1", port(1)); var two = new Socket("127.0.0.1", port(1))) {
            one.getOutputStream().write(read.getBytes(StandardCharsets.UTF_8));
            two.getOutputStream().write(read.getBytes(StandardCharsets.UTF_8));
            await().until(() -> desk.heard.size() == 2);
            var third = raw(1, read);
            assertTrue(third.startsWith("HTTP/1.1 503 ") && third.contains("Exhausted"), third);
            desk.answer.complete(Desk.seen("a"));
            assertEquals("HTTP/1.1 200 OK", line(one.getInputStream()));
            assertEquals("HTTP/1.1 200 OK", line(two.getInputStream()));
        }
        await().until(() -> raw(1, read).startsWith("HTTP/1.1 200 "));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Test
    void http2IsServedAndGrpcGoesItsOwnWay() throws Exception {
        desk.answer.complete(Desk.seen("a"));
        try (var http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            var task = http2.send(to(0, "/v1/tasks/a").GET().build(), BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, task.version());
            OpenApi.fits("Task", Json.MAPPER.readTree(task.body()));
            var grpc = http2.send(to(0, "/swarm.task.v1.Tasks/Work").header("Content-Type", "application/grpc")
                    .POST(BodyPublishers.noBody())
                    .build(), BodyHandlers.ofString());
            assertEquals("gRPC", grpc.body());
        }
    }
}
