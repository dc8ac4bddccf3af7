package io.claudeflow.swarm.agent;

import io.claudeflow.swarm.agent.adapter.grpc.GrpcGateway;
import io.claudeflow.swarm.agent.adapter.http.DoorServer;
import io.claudeflow.swarm.agent.door.Doorkeeper;
import io.claudeflow.swarm.agent.executor.shell.ShellExecutor;
import io.claudeflow.swarm.agent.session.AgentSession;
import io.claudeflow.swarm.agent.session.StepTools;
import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.app.StartupSteps;
import io.claudeflow.swarm.kit.monitoring.MonitoringServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The composition root of an agent: a workspace, a door for scripts and a session. Started, it connects by itself, and is
 * ready while it is connected. It ends with a failure when the hive-mind refuses it for good, and with success when it was
 * started for one step and that is done.
 */
public final class AgentApplication {
    private AgentApplication() {}

    /** An {@link io.claudeflow.swarm.kit.app.ApplicationFactory}. */
    public static Application create(Environment environment, Vertx vertx) {
        var config = AgentConfig.from(environment);
        var gateway = new GrpcGateway(vertx, config.gateway());
        var keeper = new Doorkeeper();
        var door = new DoorServer(vertx, keeper);
        var shell = new ShellExecutor(vertx, config.shell());
        var tools = new StepTools(shell, keeper, door::url, config.shell().volumes(), config.tracer());
        var session = new AgentSession(vertx, config.session(), gateway, tools);
        var health = new AtomicReference<Supplier<Health>>(() -> new Health(true, false, Map.of()));
        var monitoring = new MonitoringServer(vertx, config.monitoringHost(), config.monitoringPort(),
                () -> health.get().get(), AgentMetrics.of(session));
        var steps = StartupSteps.of(vertx, "agent")
                .step("tracing", Future::succeededFuture, _ -> config.tracer().close())
                .step("monitoring", monitoring::start, _ -> monitoring.stop())
                .step("workspace", shell::prepare, _ -> Future.succeededFuture())
                .step("door", door::start, _ -> door.stop())
                .step("session", session::start, session::stop, session::connected)
                .build();
        health.set(steps::health);
        session.refused().onFailure(steps::fail);
        session.done().onSuccess(_ -> steps.complete()).onFailure(steps::fail);
        return steps;
    }
}
