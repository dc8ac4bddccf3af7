package io.claudeflow.swarm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace follows a task from the operator over the bus to the hive-mind, over gRPC to the agent and its script, and back. */
class TraceIT {
    /** What the services have exported, as Latin-1: a protobuf message holds its texts and ids as they are. */
    private final Queue<String> exported = new ConcurrentLinkedQueue<>();

    @Test
    void oneTraceFollowsATaskThroughAllServices(@TempDir Path folder) throws IOException {
        var collector = collector();
        var cluster = Files.writeString(folder.resolve("traced.yaml"), """
                apiVersion: swarm.claudeflow.io/v1alpha1
                kind: SwarmCluster
                metadata: {name: traced}
                spec:
                  topology: mesh
                  replicas: 1
                  hiveMind: {replicas: 1}
                  monitoring: {tracing: {endpoint: "http://127.0.0.1:%d"}}
                """.formatted(collector.getAddress().getPort()));
        try (var swarm = new LocalSwarm(new Place("embedded", "process"), folder.resolve("data"))
                .up(cluster.toString())) {
            swarm.kubectlWithInput("""
                    apiVersion: swarm.claudeflow.io/v1alpha1
                    kind: SwarmTask
                    metadata: {name: traced}
                    spec: {task: "echo $TRACEPARENT > $SWARM_RESULT_FILE"}
                    """, "apply", "-f", "-").ok();
            swarm.kubectl("wait", "--for=condition=Complete", "swarmtask/traced", "--timeout=30s").ok();

            var status = swarm.object("swarmtask", "traced", "default").path("status");
            var trace = status.path("traceId").asText();
            assertEquals(trace, status.path("result").asText().split("-")[1], "the script is in the trace");
            for (var span : List.of("swarm-operator/submit task", "swarm-hivemind/SubmitTask", "swarm-agent/run step",
                    "swarm-operator/write status")) {
                Awaitility.await(span).atMost(Duration.ofSeconds(20)).until(() -> seen(trace, span.split("/")));
            }
        } finally {
            collector.stop(0);
        }
    }

    private boolean seen(String trace, String[] serviceAndSpan) {
        var id = new String(HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1);
        return exported.stream()
                .anyMatch(body -> body.contains(id) && body.contains(serviceAndSpan[0])
                        && body.contains(serviceAndSpan[1]));
    }

    private HttpServer collector() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            exported.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
