package io.claudeflow.swarm.hivemind;

import io.claudeflow.swarm.hivemind.adapter.bus.HivemindBus;
import io.claudeflow.swarm.hivemind.adapter.cel.CelConditions;
import io.claudeflow.swarm.hivemind.adapter.grpc.GrpcAgentTransport;
import io.claudeflow.swarm.hivemind.adapter.grpc.GrpcAgentTransportConfig;
import io.claudeflow.swarm.hivemind.adapter.grpc.GrpcTaskDoor;
import io.claudeflow.swarm.hivemind.adapter.http.HttpTaskDoor;
import io.claudeflow.swarm.hivemind.adapter.raft.RaftConfig;
import io.claudeflow.swarm.hivemind.adapter.raft.RaftLedgerLog;
import io.claudeflow.swarm.hivemind.adapter.token.JwtVerifier;
import io.claudeflow.swarm.hivemind.leader.Coordinator;
import io.claudeflow.swarm.hivemind.leader.LeaderConfig;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.app.StartupSteps;
import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.monitoring.MonitoringServer;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica, assembled: what listens, what remembers, what leads. */
public final class HivemindApplication implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(HivemindApplication.class);
    /** After its start a replica has more urgent things to do. */
    private static final long REHEARSAL_MILLIS = 1_000;

    private final Vertx vertx;
    private final Coordinator coordinator;
    private final LedgerLog log;
    private final StartupSteps steps;
    private long clock;

    /** Reads the configuration and wires the replica; starts nothing. */
    public static Application create(Environment environment, Vertx vertx) {
        return new HivemindApplication(HivemindConfig.from(environment), vertx);
    }

    HivemindApplication(HivemindConfig config, Vertx vertx) {
        this.vertx = vertx;
        var metrics = new HivemindMetrics();
        var uid = config.group().id().toString();
        var bus = new HivemindBus(new Bus(vertx), uid, config.group().epoch(), config.ordinal(), config.tracer());
        var door = new GrpcTaskDoor(vertx, replica -> config.hostOf(replica) + ":" + MeshPorts.GATEWAY);
        var http = new HttpTaskDoor(vertx,
                replica -> SocketAddress.inetSocketAddress(MeshPorts.GATEWAY, config.hostOf(replica)), metrics);
        var transport = new GrpcAgentTransport(vertx, transport(config, uid), (server, services) -> {
            door.serve(services);
            http.serve(server, services);
        });
        log = new RaftLedgerLog(vertx, raft(config), RaftLedgerLog.SNAPSHOT_ENTRIES, transport);
        coordinator = new Coordinator(
                new LeaderConfig(uid, config.cluster(), config.ordinal(), config.lease(), config.heartbeat()), log,
                transport, door, new JwtVerifier(InstantSource.system()), new CelConditions(vertx), metrics,
                bus::publish,
                this::cannotGoOn,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), InstantSource.system());
        transport.door(coordinator::join);
        http.leader(coordinator::requests, coordinator::leader);
        var monitoring = new MonitoringServer(vertx, config.host(), config.monitoringPort(), this::health,
                metrics.metrics());
        steps = StartupSteps.of(vertx, "hivemind")
                .step("tracing", Future::succeededFuture, _ -> config.tracer().close())
                .step("monitoring", monitoring::start, _ -> monitoring.stop())
                .step("http", Future::succeededFuture, _ -> http.stop())
                .step("agent gateway", transport::start, transport::stop)
                .step("ledger", () -> log.start(coordinator), this::stopLedger, coordinator::ready)
                .step("clock", this::startClock, _ -> stopClock())
                .step("bus", () -> bus.start(coordinator), _ -> bus.stop())
                .build();
    }

    private static GrpcAgentTransportConfig transport(HivemindConfig config, String group) {
        return new GrpcAgentTransportConfig(config.ordinal(), config.host(), MeshPorts.GATEWAY, MeshPorts.PEER,
                replica -> SocketAddress.inetSocketAddress(MeshPorts.PEER, config.hostOf(replica)), group,
                config.group().epoch(), config.peerSecret());
    }

    private static RaftConfig raft(HivemindConfig config) {
        return new RaftConfig(config.group().id(), config.group().epoch(), config.ordinal(),
                config.group().founders(), config.group().founding(), config.host(), MeshPorts.RAFT,
                replica -> config.hostOf(replica) + ":" + MeshPorts.RAFT, config.data());
    }

    private Future<Void> startClock() {
        clock = vertx.setPeriodic(Coordinator.TICK_MILLIS, _ -> coordinator.tick());
        return Future.succeededFuture();
    }

    private Future<Void> stopClock() {
        vertx.cancelTimer(clock);
        return Future.succeededFuture();
    }

    private Future<Void> stopLedger(Duration deadline) {
        return log.stop(deadline).onComplete(_ -> coordinator.stop());
    }

    private void cannotGoOn(Throwable cause) {
        steps.fail(cause instanceof SwarmException
                ? cause
                : new SwarmException(ErrorCode.INTERNAL, "the ledger of this replica cannot go on: "
                        + cause.getMessage() + "; it has to be started anew", cause));
    }

    @Override
    public Future<Void> start() {
        return steps.start().onSuccess(_ -> vertx.setTimer(REHEARSAL_MILLIS, _ -> rehearse()));
    }

    private void rehearse() {
        vertx.executeBlocking(() -> {
            Rehearsal.hold();
            return null;
        }).onFailure(cause -> LOG.atWarn().setCause(cause).log("the first lead of this replica will begin slowly"));
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        return steps.stop(deadline);
    }

    @Override
    public Future<Void> ended() {
        return steps.ended();
    }

    @Override
    public Health health() {
        return steps.health();
    }
}
