package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.cluster.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.HashMap;
import java.util.Map;

/**
 * The Vert.x instances of applications in this JVM: those that name the same mesh share one, and with it a local event bus, as if they
 * were clustered; all others share another. Made at first use, closed with the last user. Thread-safe.
 */
final class LocalVertx {
    private static final int LEAST_EVENT_LOOPS = 2;
    private static final int WORKERS = 8;

    private final Map<String, Shared> shared = new HashMap<>();

    /** The instance for that environment; give it back by {@link #release}. */
    synchronized Vertx acquire(Map<String, String> environment) {
        var entry = shared.computeIfAbsent(environment.getOrDefault(ClusterConfig.MESH, ""), _ -> new Shared(create()));
        entry.users++;
        return entry.vertx;
    }

    synchronized Future<Void> release(Map<String, String> environment) {
        var mesh = environment.getOrDefault(ClusterConfig.MESH, "");
        var entry = shared.get(mesh);
        if (entry == null || --entry.users > 0) {
            return Future.succeededFuture();
        }
        shared.remove(mesh);
        return entry.vertx.close();
    }

    private static Vertx create() {
        int loops = Math.max(LEAST_EVENT_LOOPS, Runtime.getRuntime().availableProcessors());
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops)
                .setWorkerPoolSize(WORKERS)
                .setFileSystemOptions(
                        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
        // A thread inherits the class loader of the one that starts it: were a pod's thread the first to use a loop, lines
        // that Netty logs there for anybody would go to that pod's log.
        for (int i = 0; i < loops; i++) {
            ((VertxInternal) vertx).createEventLoopContext().runOnContext(_ -> {});
        }
        return vertx;
    }

    private static final class Shared {
        private final Vertx vertx;
        private int users;

        Shared(Vertx vertx) {
            this.vertx = vertx;
        }
    }
}
