package io.claudeflow.swarm.benchmarks.ledger;

import com.nimbusds.jose.JOSEException;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.mesh.hivemind.HivemindVariables;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The folder of one run and the names in it: what the JVMs of a run know of each other.
 *
 * @param folder empty before the run
 */
record Layout(Path folder) {
    static final int REPLICAS = 3;
    static final int AGENTS = 10;
    static final String UID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    static final String ISSUER = "https://kubernetes.default.svc";
    static final String AUDIENCE = "swarm";
    static final String NAMESPACE = "bench";
    static final String AGENT_ACCOUNT = "bench-agent";
    static final String USER_ACCOUNT = "bench-user";
    private static final String NETWORK = "127.92.0.";
    private static final String REPLICA = "bench-hivemind-";
    private static final String MESH = "bench-mesh.bench.svc";

    static String agent(int number) {
        return "bench-noop-" + number;
    }

    static String podUid(String agent) {
        return "8f14e45f-ceea-467f-a0e6-" + agent;
    }

    static String address(int replica) {
        return NETWORK + (replica + 1);
    }

    static SocketAddress gateway(int replica) {
        return SocketAddress.inetSocketAddress(MeshPorts.GATEWAY, address(replica));
    }

    static List<SocketAddress> gateways() {
        return IntStream.range(0, REPLICAS).mapToObj(Layout::gateway).toList();
    }

    /** Writes everything that the JVMs of the run read. */
    void write() throws IOException, JOSEException {
        var keys = new Keys();
        Files.createDirectories(folder);
        Files.writeString(hosts(),
                IntStream.range(0, REPLICAS)
                        .mapToObj(n -> address(n) + " " + REPLICA + n + "." + MESH + "\n")
                        .collect(Collectors.joining()));
        Files.writeString(jwks(), keys.jwks());
        Files.writeString(folder.resolve("user"), keys.ofUser());
        for (int n = 0; n < AGENTS; n++) {
            Files.writeString(folder.resolve(agent(n)), keys.ofAgent(agent(n)));
        }
        var group = Files.createDirectories(folder.resolve("group"));
        Files.writeString(group.resolve(HivemindVariables.GROUP_ID), UID);
        Files.writeString(group.resolve(HivemindVariables.EPOCH), "1");
        Files.writeString(group.resolve(HivemindVariables.STATE), "Founding");
        Files.writeString(group.resolve(HivemindVariables.FOUNDERS),
                IntStream.range(0, REPLICAS).mapToObj(String::valueOf).collect(Collectors.joining(",")));
        Files.writeString(Files.createDirectories(folder.resolve("secret")).resolve("token"), "peers-of-the-bench");
    }

    Path hosts() {
        return folder.resolve("hosts");
    }

    Path jwks() {
        return folder.resolve("jwks");
    }

    String userToken() throws IOException {
        return Files.readString(folder.resolve("user"));
    }

    String agentToken(String agent) throws IOException {
        return Files.readString(folder.resolve(agent));
    }

    Path volume(int replica) {
        return folder.resolve("data-" + replica);
    }

    Environment replica(int ordinal) {
        return new Environment(Map.of(MeshVariables.POD_NAME, REPLICA + ordinal, MeshVariables.POD_IP,
                address(ordinal), MeshVariables.CLUSTER, "bench", MeshVariables.CLUSTER_UID, UID,
                MeshVariables.MESH_SERVICE, MESH, HivemindVariables.DATA, "/data-" + ordinal, HivemindVariables.GROUP,
                "/group", HivemindVariables.PEER_SECRET, "/secret"), folder);
    }
}
