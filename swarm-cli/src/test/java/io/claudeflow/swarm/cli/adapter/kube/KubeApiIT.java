package io.claudeflow.swarm.cli.adapter.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.claudeflow.swarm.cli.local.KubeTarget;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that no healthy API server gives for long, from an HTTP server of the test's own. */
class KubeApiIT {
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private KubeApi api;
    private int refusals;
    private boolean saysWhen = true;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean refused = requests.incrementAndGet() <= refusals;
            var body = (refused ? "{\"message\":\"storage is (re)initializing\"}" : "{\"kind\":\"Status\"}")
                    .getBytes(StandardCharsets.UTF_8);
            if (refused && saysWhen) {
                exchange.getResponseHeaders().add("Retry-After", "0");
            }
            exchange.sendResponseHeaders(refused ? 429 : 200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                users: [{name: test, user: {token: none}}]
                """.formatted(server.getAddress().getPort()));
        api = KubeApi.open(new KubeTarget(kubeconfig, "the test's server is gone"));
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSays() throws IOException {
        refusals = 2;
        assertEquals("Status", api.get("api/v1/namespaces/default").path("kind").asText());
        assertEquals(3, requests.get());

        refusals = 5;
        try (var body = api.stream("api/v1/namespaces?watch=1", "application/json")) {
            assertEquals("{\"kind\":\"Status\"}", new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertEquals(6, requests.get());
    }

    @Test
    void aRefusalThatSaysNoTimeIsFinal() {
        refusals = 1;
        saysWhen = false;
        var failure = assertThrows(SwarmException.class, () -> api.get("api/v1/namespaces/default"));
        assertEquals(ErrorCode.EXHAUSTED, failure.code());
        assertEquals("storage is (re)initializing", failure.getMessage());
    }

    @Test
    void aServerThatStaysBusyIsGivenUp() {
        refusals = Integer.MAX_VALUE;
        assertThrows(SwarmException.class, () -> api.get("api/v1/namespaces/default"));
        assertEquals(10, requests.get());
    }
}
