package io.claudeflow.swarm.benchmarks.ledger;

import io.claudeflow.swarm.hivemind.HivemindApplication;
import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.cluster.MeshVertx;
import io.claudeflow.swarm.kit.names.HostsFileResolverProvider;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindChannels;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A replica of the hive-mind as a process, with the operator's part: whoever leads declares trust and agents. */
final class Replica {
    private static final int PLACES = 512;
    private static final long AGAIN = 200;

    private final Vertx vertx;
    private final Bus bus;
    private final int ordinal;
    private final Layout layout;

    private Replica(Vertx vertx, int ordinal, Layout layout) {
        this.vertx = vertx;
        this.bus = new Bus(vertx);
        this.ordinal = ordinal;
        this.layout = layout;
    }

    /** @param args the run's folder, and which replica this is */
    public static void main(String[] args) throws IOException {
        var layout = new Layout(Path.of(args[0]));
        int ordinal = Integer.parseInt(args[1]);
        System.setProperty(HostsFileResolverProvider.PROPERTY, layout.hosts().toString());
        System.setProperty("vertx.disableDnsResolver", "true");
        var vertx = MeshVertx.alone();
        var app = HivemindApplication.create(layout.replica(ordinal), vertx);
        var jwks = Files.readString(layout.jwks());
        vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return app.start();
            }

            @Override
            public Future<?> stop() {
                return app.stop(Duration.ofSeconds(5));
            }
        })
                .onSuccess(_ -> new Replica(vertx, ordinal, layout).found(jwks))
                .onFailure(Throwable::printStackTrace);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> vertx.close().await()));
    }

    private void found(String jwks) {
        tell(new HivemindCommand.TrustUpdate(Layout.ISSUER, Layout.AUDIENCE, Layout.NAMESPACE, Layout.AGENT_ACCOUNT,
                Layout.USER_ACCOUNT, "", jwks))
                .compose(_ -> tell(new HivemindCommand.DeclareAgents(
                        IntStream.range(0, Layout.AGENTS).mapToObj(Replica::agent).toList(), Long.MAX_VALUE)))
                .onSuccess(_ -> System.out.println("replica " + ordinal + " has declared the agents"))
                .onFailure(_ -> vertx.setTimer(AGAIN, _ -> found(jwks)));
    }

    private Future<HivemindReply> tell(HivemindCommand command) {
        return bus
                .request(HivemindChannels.replica(ordinal), new HivemindCommand.Request(Layout.UID, null, command),
                        TraceContext.root(), Duration.ofSeconds(2))
                .compose(reply -> reply instanceof HivemindReply.Committed
                        ? Future.succeededFuture(reply)
                        : Future.failedFuture("replica " + ordinal + " of " + layout + " does not lead"));
    }

    private static AgentDeclaration agent(int number) {
        var name = Layout.agent(number);
        return new AgentDeclaration("6512bd43-d9ca-466e-80c8-" + name, name, Layout.podUid(name), "noop", 50,
                List.of(), List.of(), Map.of(), PLACES, true, 1, null);
    }
}
