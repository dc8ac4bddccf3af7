package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.app.ServiceRunner;
import io.claudeflow.swarm.kit.config.ConfigException;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers as applications in this JVM, each one Vert.x deployment. Killing is stopping with deadline zero and undeploying;
 * an application that does not let go then is left alone and said to be dead.
 */
final class ThreadRuntime implements ContainerRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadRuntime.class);
    private static final Duration LETTING_GO = Duration.ofSeconds(1);

    private final LocalVertx instances = new LocalVertx();

    @Override
    public RunningContainer start(Start start, Consumer<Exit> onExit) {
        if (!start.arguments().isEmpty()) {
            throw new SwarmException(ErrorCode.INVALID,
                    "args cannot be given to an application in this JVM: use variables, or --isolation process");
        }
        var vertx = instances.acquire(start.environment());
        var verticle = new PodVerticle(start, vertx, exit -> ended(start, exit, onExit));
        var loader = new PodClassLoader(ThreadRuntime.class.getClassLoader(), start.log());
        vertx.deployVerticle(verticle, new DeploymentOptions().setClassLoader(loader))
                .onFailure(verticle::startFailed);
        return verticle;
    }

    /** Off the event loop that tells it, because that may end with it; and no thread of the pod's any more. */
    private void ended(Start start, Exit exit, Consumer<Exit> onExit) {
        Thread.ofVirtual().name("end " + start.name()).inheritInheritableThreadLocals(false).start(() -> {
            onExit.accept(exit);
            instances.release(start.environment())
                    .onFailure(cause -> LOG.atWarn()
                            .addKeyValue("container", start.name())
                            .setCause(cause)
                            .log("Vert.x not closed"));
        });
    }

    @Override
    public void close(Duration deadline) {
        // The last pod of each instance has closed it.
    }

    /** The application on its context. */
    private static final class PodVerticle extends VerticleBase implements RunningContainer {
        private final Start start;
        private final Vertx owner;
        private final Consumer<Exit> onExit;
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile @Nullable Application application;
        private volatile Duration deadline = Duration.ZERO;
        /** How it is said to have ended, from the moment that its end was asked for. */
        private volatile @Nullable Exit ending;
        private @Nullable Future<Void> undeployed;

        PodVerticle(Start start, Vertx owner, Consumer<Exit> onExit) {
            this.start = start;
            this.owner = owner;
            this.onExit = onExit;
        }

        @Override
        public Future<?> start() {
            if (ending != null) {
                return Future.failedFuture(new IllegalStateException("ended before it started"));
            }
            var made = start.image().factory().create(new Environment(start.environment(), start.mountRoot()), owner);
            application = made;
            made.ended()
                    .onComplete(ended -> end(ended.succeeded()
                            ? Exit.of(0)
                            : Exit.of(ServiceRunner.FAILED, String.valueOf(ended.cause().getMessage()))));
            return made.start();
        }

        @Override
        public Future<?> stop() {
            var running = application;
            return running == null ? Future.succeededFuture() : running.stop(deadline);
        }

        void startFailed(Throwable cause) {
            var asked = ending;
            tell(asked != null
                    ? asked
                    : Exit.of(
                            cause instanceof ConfigException ? ServiceRunner.MISCONFIGURED : ServiceRunner.NOT_STARTED,
                            String.valueOf(cause.getMessage())));
        }

        @Override
        public void terminate(Duration grace) {
            deadline = grace;
            end(Exit.of(0));
        }

        @Override
        public void kill() {
            deadline = Duration.ZERO;
            end(Exit.of(Exit.KILLED));
            owner.timer(LETTING_GO.toMillis(), TimeUnit.MILLISECONDS).onComplete(_ -> tell(Exit.of(Exit.KILLED)));
        }

        /** Stops the application and ends the deployment; the exit is told when both are done. */
        private synchronized void end(Exit exit) {
            if (ending == null) {
                ending = exit;
            }
            var on = context;
            if (on == null) {
                return;
            }
            on.runOnContext(_ -> {
                var running = application;
                var stopped = running == null ? Future.<Void>succeededFuture() : running.stop(deadline);
                // A deployment that still starts fails by itself once its application has stopped.
                stopped.transform(_ -> undeploy(on.deploymentID())).onComplete(_ -> tell(exit));
            });
        }

        /** Once, whoever asks: an application that is stopped says by that that it has ended. */
        private synchronized Future<Void> undeploy(String deployment) {
            var running = undeployed;
            if (running == null) {
                running = owner.undeploy(deployment);
                undeployed = running;
            }
            return running;
        }

        private void tell(Exit exit) {
            if (told.compareAndSet(false, true)) {
                if (exit.code() != 0 && !exit.message().isEmpty()) {
                    start.log().write("stderr", exit.message());
                }
                onExit.accept(exit);
            }
        }

        @Override
        public Optional<Health> health() {
            var running = application;
            return Optional.of(running == null ? new Health(true, false, Map.of()) : running.health());
        }
    }
}
