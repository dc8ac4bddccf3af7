package io.claudeflow.swarm.kit.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.config.ConfigException;
import io.claudeflow.swarm.kit.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpTracerTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void spansReachTheCollectorUnderTheirParent() throws Exception {
        var collector = await(vertx.createHttpServer().requestHandler(request -> request.body().onSuccess(body -> {
            bodies.add(request.path() + " " + body.toString(StandardCharsets.ISO_8859_1));
            request.response().end().onFailure(Throwable::printStackTrace);
        }).onFailure(Throwable::printStackTrace)).listen(0, "127.0.0.1"));
        var tracer = OtlpTracer.open("hivemind", "http://127.0.0.1:" + collector.actualPort(),
                Map.of("pod", "research-0"));
        var parent = TraceContext.root();

        var span = tracer.start("submit task", parent, Map.of("task", "word-count"));
        var child = tracer.start("append entry", span.context(), Map.of());
        child.fail("no quorum");
        span.end();
        await(tracer.close());

        assertEquals(parent.traceId(), child.context().traceId());
        assertNotEquals(parent.spanId(), span.context().spanId());
        var sent = String.join("", bodies);
        assertTrue(sent.startsWith("/v1/traces "), sent);
        for (var text : List.of("hivemind", "research-0", "submit task", "word-count", "append entry", "no quorum",
                bytes(parent.traceId()), bytes(parent.spanId()), bytes(child.context().spanId()))) {
            assertTrue(sent.contains(text), text);
        }
    }

    @Test
    void aTraceThatIsNotSampledIsNotExported() throws Exception {
        var tracer = OtlpTracer.open("hivemind", "http://127.0.0.1:9", Map.of());
        var parent = TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");

        var span = tracer.start("submit task", parent, Map.of());
        span.end();

        assertFalse(span.context().sampled());
        assertEquals(parent.traceId(), span.context().traceId());
        await(tracer.close());
    }

    @Test
    void aSilentTracerContinuesTheTrace() throws Exception {
        var parent = TraceContext.root();

        var span = Tracer.none().start("submit task", parent, Map.of());
        span.end();

        assertEquals(parent.traceId(), span.context().traceId());
        await(Tracer.none().close());
    }

    @Test
    void anEndpointIsAnHttpAddress() {
        for (var endpoint : List.of("collector:4318", "grpc://collector:4317", "http:///v1", "not an address")) {
            assertThrows(IllegalArgumentException.class, () -> OtlpTracer.open("hivemind", endpoint, Map.of()),
                    endpoint);
        }
    }

    @Test
    void theVariableDecides() throws Exception {
        var wrong = Settings.of(Map.of(OtlpTracer.ENDPOINT, "collector:4317"));
        assertFalse(OtlpTracer.from(wrong, "hivemind") instanceof OtlpTracer);
        assertThrows(ConfigException.class, wrong::check);

        assertFalse(OtlpTracer.from(Settings.of(Map.of()), "hivemind") instanceof OtlpTracer);
        var tracer = OtlpTracer.from(Settings.of(Map.of(OtlpTracer.ENDPOINT, "http://127.0.0.1:9/", "POD_NAME", "a-0")),
                "hivemind");
        assertTrue(tracer instanceof OtlpTracer);
        await(tracer.close());
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }
}
