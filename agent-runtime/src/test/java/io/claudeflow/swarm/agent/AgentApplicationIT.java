package io.claudeflow.swarm.agent;

import static io.claudeflow.swarm.agent.session.TestGateway.shell;
import static io.claudeflow.swarm.agent.session.TestGateway.step;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.session.TestGateway;
import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentApplicationIT {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @TempDir
    Path root;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new TestGateway(vertx);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        get(vertx.close());
    }

    @Test
    void anAgentIsReadyWhileItIsConnectedAndEndsInOrder() throws Exception {
        var agent = agent("coder-0");
        get(on(agent::start));
        await().until(() -> agent.health().ready());
        gateway.assign(shell(step("a", 1), "sleep 60"));
        await().until(() -> !gateway.last().accepted().isEmpty());

        get(on(() -> agent.stop(Duration.ofSeconds(2))));

        assertTrue(gateway.last().heard.stream().anyMatch(AgentFrame::hasHandBack));
        assertFalse(agent.health().ready());
        assertTrue(agent.ended().succeeded());
    }

    @Test
    void anAgentThatIsRefusedForGoodEndsWithTheReason() throws Exception {
        gateway.answer = _ -> TestGateway.refused("Forbidden");
        var agent = agent("coder-0");

        get(on(agent::start));

        await().until(() -> agent.ended().failed());
        assertTrue(String.valueOf(agent.health().parts().get("failure")).contains("Forbidden"),
                () -> agent.health().toString());
        get(on(() -> agent.stop(Duration.ofSeconds(2))));
    }

    @Test
    void aWorkspaceThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(root.resolve("workspace"), "a file where a folder should be");
        var agent = agent("coder-0");

        var started = on(agent::start);

        await().until(started::isComplete);
        assertTrue(String.valueOf(started.cause().getMessage()).contains(root.resolve("workspace").toString()),
                () -> String.valueOf(started.cause()));
    }

    @Test
    void manyAgentsLiveInOneProcess() throws Exception {
        var agents = new ArrayList<Application>();
        for (int i = 0; i < 10; i++) {
            agents.add(agent("coder-" + i));
            get(on(agents.getLast()::start));
        }
        await().until(() -> agents.stream().allMatch(agent -> agent.health().ready()));

        var sessions = List.copyOf(gateway.sessions);
        assertEquals(10, sessions.stream().map(session -> session.register().getSession()).distinct().count());
        assertEquals(IntStream.range(0, 10).mapToObj(i -> "token-of-coder-" + i).sorted().toList(),
                sessions.stream().map(session -> session.register().getToken()).sorted().toList());
        for (var agent : agents) {
            get(on(() -> agent.stop(Duration.ZERO)));
        }
        await().until(() -> sessions.stream().allMatch(session -> session.ended));
    }

    private Application agent(String name) throws Exception {
        var token = root.resolve("var/" + name + "/token");
        Files.createDirectories(token.getParent());
        Files.writeString(token, "token-of-" + name);
        return AgentApplication.create(new Environment(Map.of("AGENT_GATEWAY", "127.0.0.1:" + gateway.port(),
                "AGENT_TOKEN_FILE", "/var/" + name + "/token", "AGENT_WORKSPACE", "/workspace", "AGENT_TYPE", "coder",
                "POD_IP", "127.0.0.1", "SWARM_MONITORING_PORT", "0"), root), vertx);
    }

    private Future<Void> on(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> action.get().onComplete(done));
        return done.future();
    }

    private static void get(Future<Void> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
