package io.claudeflow.swarm.local;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.api.ApiServer;
import io.claudeflow.swarm.local.api.ApiServerConfig;
import io.claudeflow.swarm.local.api.Credentials;
import io.claudeflow.swarm.local.kubeapi.KubeApiServer;
import io.claudeflow.swarm.local.kubeapi.KubeApiServerConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/** A started API server of either kind; its kubeconfig is written. Blocking. */
sealed interface ApiBackend {
    /** The file names in a data directory. */
    String KUBECONFIG = "kubeconfig";
    String PKI = "pki";
    Duration START = Duration.ofSeconds(60);
    Duration STOP = Duration.ofSeconds(10);

    /** Fails when the server has ended by itself. */
    Future<Void> ended();

    void close();

    static ApiBackend start(LocalClusterConfig config) {
        return switch (config.apiServer()) {
            case EMBEDDED -> Embedded.start(config);
            case KUBE_APISERVER -> Real.start(config);
        };
    }

    /** The one of this module, on a Vert.x instance of its own. */
    record Embedded(Vertx vertx, ApiServer server, Promise<Void> end) implements ApiBackend {
        static Embedded start(LocalClusterConfig config) {
            var data = config.dataDirectory();
            var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2)
                    .setWorkerPoolSize(4)
                    .setFileSystemOptions(
                            new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
            try {
                var credentials = Credentials.loadOrCreate(data.resolve(PKI), List.of());
                var port = data.resolve("port");
                var wanted = Files.exists(port) ? Integer.parseInt(Files.readString(port).strip()) : 0;
                var server = ApiServer.start(vertx, ApiServerConfig.local(wanted, data.resolve("journal"), credentials))
                        .recover(cause -> Future.failedFuture(explained(cause, port)))
                        .await(START.toSeconds(), TimeUnit.SECONDS);
                server.kubeconfig(config.name()).write(data.resolve(KUBECONFIG));
                Files.writeString(port, server.port() + "\n");
                return new Embedded(vertx, server, Promise.promise());
            } catch (IOException | TimeoutException | NumberFormatException e) {
                stop(vertx);
                throw new SwarmException(ErrorCode.UNAVAILABLE,
                        "the embedded API server cannot start in " + data + ": " + e.getMessage(), e);
            } catch (RuntimeException e) {
                stop(vertx);
                throw e;
            }
        }

        /** The same port at every start, so that a kubeconfig that was copied stays right. */
        private static Throwable explained(Throwable cause, Path port) {
            return cause.getCause() instanceof BindException
                    ? new SwarmException(ErrorCode.UNAVAILABLE, cause.getMessage() + " (without the file " + port
                            + " a free one is taken)", cause)
                    : cause;
        }

        @Override
        public Future<Void> ended() {
            return end.future();
        }

        @Override
        public void close() {
            stop(server.close());
            stop(vertx);
            end.tryComplete();
        }
    }

    private static void stop(Vertx vertx) {
        // Awaited apart: what is composed on an event loop is never told once that loop has ended.
        stop(vertx.close());
    }

    private static void stop(Future<Void> closing) {
        try {
            closing.await(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | RuntimeException e) {
            LoggerFactory.getLogger(ApiBackend.class).atWarn().setCause(e).log("API server did not stop cleanly");
        }
    }

    /** etcd and kube-apiserver. */
    record Real(KubeApiServer server) implements ApiBackend {
        static Real start(LocalClusterConfig config) {
            var data = config.dataDirectory();
            Path folder = data.resolve("kube-apiserver");
            return new Real(KubeApiServer.start(new KubeApiServerConfig(config.programs(), config.java().path(), folder,
                    data.resolve(KUBECONFIG), config.name(), folder.resolve(PKI), START)));
        }

        @Override
        public Future<Void> ended() {
            return server.ended();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** The folder of the authority that kubelets are to trust and to be certified by. */
    static Path pki(LocalClusterConfig config) {
        var data = config.dataDirectory();
        return switch (config.apiServer()) {
            case EMBEDDED -> data.resolve(PKI);
            case KUBE_APISERVER -> data.resolve("kube-apiserver").resolve(PKI);
        };
    }
}
