package io.claudeflow.swarm.kit.app;

import io.claudeflow.swarm.kit.cluster.ClusterConfig;
import io.claudeflow.swarm.kit.cluster.MeshVertx;
import io.claudeflow.swarm.kit.config.ConfigException;
import io.claudeflow.swarm.kit.config.Settings;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.log.Logging;
import io.claudeflow.swarm.kit.names.LookUps;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one service as the whole of a process, from start to exit code. A {@code Main} is
 * {@code System.exit(ServiceRunner.run("hivemind", Environment.of(System.getenv()), HivemindApplication::create))}.
 */
public final class ServiceRunner {
    /** The work is done, or the service was asked to stop. */
    public static final int OK = 0;
    /** The service did not start. */
    public static final int NOT_STARTED = 1;
    /** The configuration is wrong. */
    public static final int MISCONFIGURED = 2;
    /** The service ran and could not go on. */
    public static final int FAILED = 70;

    /** How long a stop may take. */
    public static final String STOP_DEADLINE = "SWARM_STOP_DEADLINE";

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRunner.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final String service;
    private final Environment environment;
    private final ApplicationFactory factory;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private volatile @Nullable Vertx vertx;
    private volatile @Nullable Context context;
    private volatile @Nullable Application application;

    private ServiceRunner(String service, Environment environment, ApplicationFactory factory) {
        this.service = service;
        this.environment = environment;
        this.factory = factory;
    }

    /**
     * Starts the service on a Vertx of its own, a member of the mesh that {@value ClusterConfig#MESH} names or of none, and
     * blocks until it has ended and was stopped again. SIGTERM and SIGINT stop it within {@value #STOP_DEADLINE} (default
     * 30s). What a person has to know goes to standard error as sentences.
     *
     * @param service the word that begins those sentences
     * @return {@link #OK}, {@link #NOT_STARTED}, {@link #MISCONFIGURED} or {@link #FAILED}: the process's exit code
     */
    public static int run(String service, Environment environment, ApplicationFactory factory) {
        prepareJvm();
        return new ServiceRunner(service, environment, factory).run();
    }

    /** Before the first look-up: names go through the JVM's resolver alone. */
    private static void prepareJvm() {
        LookUps.anew();
        System.setProperty("vertx.disableDnsResolver", "true");
    }

    private int run() {
        try (var _ = Signals.on(signal -> ending.complete(new Ending.Asked(signal)))) {
            var config = Config.of(environment);
            Logging.start(config.levels());
            long begin = System.nanoTime();
            start(config).onSuccess(_ -> LOG.atInfo()
                    .addKeyValue("service", service)
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
                    .log("service started"))
                    .onFailure(cause -> ending.complete(new Ending.Refused(cause)));
            int code = report(ending.join());
            stop(config.stopDeadline());
            return code;
        } catch (ConfigException e) {
            return report(new Ending.Refused(e));
        }
    }

    private Future<Void> start(Config config) {
        var opened = config.cluster().map(cluster -> MeshVertx.clustered(cluster).map(mesh -> {
            mesh.lost().onFailure(cause -> ending.complete(new Ending.Lost(cause)));
            return mesh.vertx();
        })).orElseGet(() -> Future.succeededFuture(MeshVertx.alone()));
        return opened.compose(made -> {
            vertx = made;
            var home = made.getOrCreateContext();
            context = home;
            Promise<Void> started = Promise.promise();
            home.runOnContext(_ -> startOn(made).onComplete(started));
            return started.future();
        });
    }

    private Future<Void> startOn(Vertx made) {
        if (ending.isDone()) {
            return Future.succeededFuture();
        }
        try {
            var created = factory.create(environment, made);
            application = created;
            created.ended().onFailure(cause -> ending.complete(new Ending.Lost(cause)));
            return created.start().onSuccess(_ -> created.ended().onComplete(end -> {
                if (end.succeeded()) {
                    ending.complete(new Ending.Done());
                }
            }));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private int report(Ending end) {
        return switch (end) {
            case Ending.Asked asked -> {
                LOG.atInfo().addKeyValue("service", service).addKeyValue("signal", asked.signal()).log("stopping");
                yield OK;
            }
            case Ending.Done _ -> {
                LOG.atInfo().addKeyValue("service", service).log("work is done");
                yield OK;
            }
            case Ending.Refused(ConfigException problems) -> {
                problems.problems().forEach(problem -> System.err.println(service + ": " + problem));
                yield MISCONFIGURED;
            }
            case Ending.Refused(Throwable cause) -> {
                System.err.println(service + ": could not start: " + sentence(cause));
                yield NOT_STARTED;
            }
            case Ending.Lost(Throwable cause) -> {
                System.err.println(service + ": cannot go on: " + sentence(cause));
                yield FAILED;
            }
        };
    }

    /** A failure that the house worded is its sentence; a foreign one is a defect, so its stack trace is logged as well. */
    private String sentence(Throwable cause) {
        var root = cause;
        while (root.getCause() != null && !(root instanceof SwarmException)) {
            root = root.getCause();
        }
        boolean ours = root instanceof SwarmException;
        LOG.atLevel(ours ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.ERROR)
                .addKeyValue("service", service)
                .setCause(cause)
                .log("service failed");
        var message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private void stop(Duration deadline) {
        var running = vertx;
        if (running == null) {
            return;
        }
        var started = application;
        var home = context;
        if (started != null && home != null) {
            Promise<Void> stopped = Promise.promise();
            home.runOnContext(_ -> started.stop(deadline).onComplete(stopped));
            await(stopped.future(), deadline.plusSeconds(1), "service did not stop in time");
        }
        await(running.close(), CLOSE, "Vert.x did not close in time");
    }

    private void await(Future<Void> future, Duration limit, String complaint) {
        try {
            future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atWarn().addKeyValue("service", service).addKeyValue("limit", limit).log(complaint);
        } catch (ExecutionException e) {
            LOG.atWarn().addKeyValue("service", service).setCause(e.getCause()).log(complaint);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the runner itself reads. */
    private record Config(Optional<ClusterConfig> cluster, Duration stopDeadline, Map<String, String> levels) {
        static Config of(Environment environment) {
            var settings = Settings.of(environment.variables());
            var deadline = settings.duration(STOP_DEADLINE, Duration.ofSeconds(30));
            var levels = settings.optional(Logging.LEVELS, Map.<String, String>of(), Logging::parse);
            Optional<ClusterConfig> cluster = Optional.empty();
            try {
                cluster = ClusterConfig.from(environment);
            } catch (ConfigException e) {
                e.problems().forEach(settings::problem);
            }
            settings.check();
            return new Config(cluster, deadline, levels);
        }
    }

    /** Why the process ends. */
    private sealed interface Ending {
        record Asked(String signal) implements Ending {}

        record Done() implements Ending {}

        record Refused(Throwable cause) implements Ending {}

        record Lost(Throwable cause) implements Ending {}
    }
}
