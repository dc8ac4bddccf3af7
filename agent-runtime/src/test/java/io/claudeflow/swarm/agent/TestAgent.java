package io.claudeflow.swarm.agent;

import static org.awaitility.Awaitility.await;

import io.claudeflow.swarm.agent.session.TestGateway;
import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A whole agent, and the gateway that it speaks to. */
final class TestAgent implements AutoCloseable {
    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    final Vertx vertx = Vertx.vertx();
    final Application application;
    final TestGateway gateway;
    private final Context context = vertx.getOrCreateContext();

    /** Starts it with those variables beside the usual ones, and waits until it is connected. */
    TestAgent(Path root, Map<String, String> more) throws Exception {
        gateway = new TestGateway(vertx);
        var token = root.resolve("var/token");
        Files.createDirectories(token.getParent());
        Files.writeString(token, "token");
        var variables = new HashMap<>(Map.of("AGENT_GATEWAY", "127.0.0.1:" + gateway.port(), "AGENT_TOKEN_FILE",
                "/var/token", "AGENT_WORKSPACE", "/workspace", "AGENT_TYPE", "coder", "POD_IP", "127.0.0.1",
                "SWARM_MONITORING_PORT", "0", "PATH", "/usr/local/bin:/usr/bin:/bin"));
        variables.putAll(more);
        application = AgentApplication.create(new Environment(variables, root), vertx);
        get(begin(application::start));
        await().until(() -> application.health().ready());
    }

    /** The next result that the gateway hears. */
    StepResult result() {
        await().until(() -> !gateway.last().results().isEmpty());
        return gateway.last().results().getLast();
    }

    /** Begins something on the agent's context. */
    Future<Void> begin(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> action.get().onComplete(done));
        return done.future();
    }

    static void get(Future<Void> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        get(begin(() -> application.stop(Duration.ZERO)));
        gateway.close();
        get(vertx.close());
    }
}
