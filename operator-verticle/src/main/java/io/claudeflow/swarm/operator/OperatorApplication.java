package io.claudeflow.swarm.operator;

import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.app.StartupSteps;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.metrics.Metrics;
import io.claudeflow.swarm.kit.monitoring.MonitoringServer;
import io.claudeflow.swarm.operator.adapter.kube.ApiServer;
import io.claudeflow.swarm.operator.adapter.kube.Definitions;
import io.claudeflow.swarm.operator.lease.LeaderLease;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The composition root of both operators: health and metrics, the API server, the bus (mesh operator), the Lease, then the
 * controllers. A replica that does not hold the Lease stays at that step; one that loses it ends.
 */
public final class OperatorApplication implements Application {
    private final Environment environment;
    private final Vertx vertx;
    private final OperatorSettings settings;
    private final Metrics metrics = new Metrics(OperatorMetrics.FAMILIES);
    private final StartupSteps steps;
    private @Nullable PodThreads threads;
    private @Nullable ApiServer api;
    private @Nullable LeaderLease lease;
    private @Nullable ClusterOperator clusterOperator;
    private @Nullable MeshOperator meshOperator;

    private OperatorApplication(Environment environment, Vertx vertx) {
        this.environment = environment;
        this.vertx = vertx;
        this.settings = OperatorSettings.of(environment);
        var monitoring = new MonitoringServer(vertx, settings.address(), settings.monitoringPort(), this::health,
                metrics);
        var builder = StartupSteps.of(vertx, "operator")
                .step("tracing", Future::succeededFuture, _ -> settings.tracer().close())
                .step("threads", this::openThreads, _ -> closeThreads())
                .step("monitoring", monitoring::start, _ -> monitoring.stop())
                .step("api-server", this::openApi, _ -> closeApi());
        if (settings.swarm() != null) {
            builder.step("bus", () -> mesh().listen(), _ -> mesh().silence());
        } else {
            builder.step("definitions", this::awaitDefinitions, _ -> Future.succeededFuture());
        }
        this.steps = builder.step("lease", this::holdLease, this::letGo, () -> lease != null && lease.holding())
                .step("controllers", this::startControllers, this::stopControllers, this::controllersHealthy)
                .build();
    }

    /** Reads the configuration and wires; starts nothing. */
    public static Application create(Environment environment, Vertx vertx) {
        return new OperatorApplication(environment, vertx);
    }

    @Override
    public Future<Void> start() {
        return steps.start();
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        return steps.stop(deadline);
    }

    @Override
    public Future<Void> ended() {
        return steps.ended();
    }

    /** A replica that waits for the Lease is ready: it does all that it has to. */
    @Override
    public Health health() {
        var now = steps.health();
        boolean standby = lease != null && !lease.holding() && now.live();
        return standby ? new Health(true, true, Map.of("lease", "standby: another replica leads")) : now;
    }

    /** Requests to the API server so far that change something. Any thread. */
    public long apiWrites() {
        var opened = api;
        return opened == null ? 0 : opened.writes().sum();
    }

    private Future<Void> openThreads() {
        threads = new PodThreads();
        return Future.succeededFuture();
    }

    private Future<Void> closeThreads() {
        threads().close();
        return Future.succeededFuture();
    }

    private Future<Void> openApi() {
        return blocking(() -> {
            var opened = ApiServer.open(environment, settings.podNamespace());
            api = opened;
            OperatorMetrics.writes(metrics, opened.writes()::sum);
            lease = new LeaderLease(opened.client(), settings.podNamespace(), settings.lease(), settings.podName(),
                    threads(), steps::fail);
            OperatorMetrics.leading(metrics, heldLease()::holding);
            var swarm = settings.swarm();
            if (swarm == null) {
                var operator = new ClusterOperator(settings, opened, threads(), steps::fail);
                OperatorMetrics.agents(metrics, operator::agents);
                clusterOperator = operator;
            } else {
                meshOperator = new MeshOperator(settings, swarm, opened, vertx, threads(), steps::fail);
            }
        });
    }

    private Future<Void> closeApi() {
        return blocking(() -> Objects.requireNonNull(api).close());
    }

    private Future<Void> holdLease() {
        var context = context();
        return heldLease().hold().transform(held -> {
            Promise<Void> here = Promise.promise();
            context.runOnContext(_ -> here.handle(held));
            return here.future();
        });
    }

    private Future<Void> awaitDefinitions() {
        return blocking(() -> {
            try {
                Definitions.await(Objects.requireNonNull(api).client(), settings.namespace());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SwarmException(ErrorCode.UNAVAILABLE, "stopped while the definitions were awaited", e);
            }
        });
    }

    private Future<Void> startControllers() {
        return blocking(() -> {
            if (clusterOperator != null) {
                clusterOperator.start();
            } else {
                mesh().start();
            }
        });
    }

    /** A kill leaves the Lease to run out, as a killed process does. */
    private Future<Void> letGo(Duration deadline) {
        return blocking(() -> {
            if (deadline.isZero()) {
                heldLease().abandon();
            } else {
                heldLease().release();
            }
        });
    }

    private Future<Void> stopControllers(Duration ignored) {
        return blocking(() -> {
            if (clusterOperator != null) {
                clusterOperator.stop();
            } else {
                mesh().stop();
            }
        });
    }

    private boolean controllersHealthy() {
        return clusterOperator != null ? clusterOperator.healthy() : mesh().healthy();
    }

    private Future<Void> blocking(Runnable action) {
        return threads().run(context(), action);
    }

    private Context context() {
        return vertx.getOrCreateContext();
    }

    private PodThreads threads() {
        return Objects.requireNonNull(threads);
    }

    private LeaderLease heldLease() {
        return Objects.requireNonNull(lease);
    }

    private MeshOperator mesh() {
        return Objects.requireNonNull(meshOperator);
    }
}
