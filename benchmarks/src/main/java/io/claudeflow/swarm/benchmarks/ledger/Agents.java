package io.claudeflow.swarm.benchmarks.ledger;

import io.claudeflow.swarm.kit.cluster.MeshVertx;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** All agents of a run in one process, each with a connection of its own. */
final class Agents {
    private Agents() {}

    /** @param args the run's folder, and the replicas whose gateways the agents take in turn */
    public static void main(String[] args) {
        var layout = new Layout(Path.of(args[0]));
        var sites = Arrays.stream(args).skip(1).map(Integer::valueOf).toList();
        MeshVertx.alone().deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() throws IOException {
                for (int n = 0; n < Layout.AGENTS; n++) {
                    var client = GrpcClient.client(vertx, new GrpcClientOptions(),
                            new HttpClientOptions().setHttp2ClearTextUpgrade(false).setTcpNoDelay(true));
                    new NoopAgent(vertx, client, Layout.gateway(sites.get(n % sites.size())),
                            layout.agentToken(Layout.agent(n)));
                }
                return Future.succeededFuture();
            }
        }).onFailure(Throwable::printStackTrace);
    }
}
