package io.claudeflow.swarm.benchmarks.ledger;

import io.claudeflow.swarm.mesh.environment.MeshPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;

/** What a replica says of itself at its monitoring port. */
final class Gauges {
    private static final int TIMEOUT = 2_000;

    private final String text;

    private Gauges(String text) {
        this.text = text;
    }

    static Gauges of(int replica) throws IOException {
        var address = URI.create("http://" + Layout.address(replica) + ":" + MeshPorts.MONITORING + "/metrics");
        var connection = address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT);
        connection.setReadTimeout(TIMEOUT);
        try (var in = connection.getInputStream()) {
            return new Gauges(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Only the leader has a term. */
    boolean leads() {
        return sum("swarm_hivemind_leader_term", "").isPresent();
    }

    double heapMib() {
        return sum("jvm_memory_used_bytes", "area=\"heap\"").orElse(0) / (1 << 20);
    }

    double connectedAgents() {
        return sum("swarm_agents_total", "status=\"connected\"").orElse(0);
    }

    double tasks() {
        return sum("swarm_hivemind_tasks", "").orElse(0);
    }

    private OptionalDouble sum(String family, String labels) {
        var values = text.lines()
                .filter(line -> line.startsWith(family + "{") || line.startsWith(family + " "))
                .filter(line -> line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Arrays.stream(values).sum());
    }
}
