package io.claudeflow.swarm.kit.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitoringServerTest {
    private final Vertx vertx = Vertx.vertx();
    @AutoClose
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Health health = new Health(true, false, Map.of("ledger", "starting"));
    private final MonitoringServer server = new MonitoringServer(vertx, "127.0.0.1", 0, () -> health,
            new Metrics(List.of()));

    @BeforeEach
    void start() throws Exception {
        await(server.start());
    }

    @AfterEach
    void stop() throws Exception {
        await(server.stop());
        await(vertx.close());
    }

    @Test
    void probesFollowTheHealthOfTheParts() throws Exception {
        assertEquals(200, get("/healthz").statusCode());
        var starting = get("/readyz");
        assertEquals(503, starting.statusCode());
        assertEquals("{\"live\":true,\"ready\":false,\"parts\":{\"ledger\":\"starting\"}}", starting.body());

        health = new Health(true, true, Map.of("ledger", "started"));
        assertEquals(200, get("/readyz").statusCode());

        health = new Health(false, false, Map.of("failure", "the ledger is gone"));
        assertEquals(503, get("/healthz").statusCode());
    }

    @Test
    void metricsAreServedInPrometheusText() throws Exception {
        var answer = get("/metrics");

        assertEquals(200, answer.statusCode());
        assertEquals("text/plain; version=0.0.4; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse(""));
        assertTrue(answer.body().contains("\nswarm_event_loop_lag_seconds "), answer.body());
        assertTrue(answer.body().contains("\njvm_threads_live_threads "), answer.body());
    }

    @Test
    void errorsAreProblems() throws Exception {
        var unknown = get("/metric");
        assertEquals(404, unknown.statusCode());
        assertEquals("application/problem+json", unknown.headers().firstValue("Content-Type").orElse(""));
        assertEquals("{\"type\":\"about:blank\",\"title\":\"NotFound\",\"status\":404,\"detail\":\"nothing at /metric; "
                + "there are /healthz, /readyz and /metrics\",\"code\":\"NotFound\"}", unknown.body());

        var written = client.send(request("/metrics").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertEquals(405, written.statusCode());
        assertEquals("GET, HEAD", written.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void aPortInUseIsASentence() {
        var second = new MonitoringServer(vertx, "127.0.0.1", server.port(), () -> health, new Metrics(List.of()));

        var refused = assertThrows(SwarmException.class, () -> await(second.start()));
        assertEquals("cannot serve health and metrics on 127.0.0.1:" + server.port()
                + ": Address already in use; end what holds that port, or choose another one", refused.getMessage());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }
}
