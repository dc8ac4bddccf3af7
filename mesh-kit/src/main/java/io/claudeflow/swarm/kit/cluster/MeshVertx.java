package io.claudeflow.swarm.kit.cluster;

import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Vertx that is a member of a mesh.
 *
 * <p>After a split, members of the smaller half join the larger one again and vertx-hazelcast publishes their consumers anew;
 * a member that cannot come back says so through {@link #lost}. Not covered: when a member of the smaller half dies soon after it
 * came back, its old registration can stay, and requests to it then end by their deadline instead of at once.
 */
public final class MeshVertx {
    private static final Logger LOG = LoggerFactory.getLogger(MeshVertx.class);

    private final Vertx vertx;
    private final Future<Void> lost;

    private MeshVertx(Vertx vertx, Future<Void> lost) {
        this.vertx = vertx;
        this.lost = lost;
    }

    /**
     * Joins the mesh, or founds it when none of the seeds answers. Fails with {@link ErrorCode#UNAVAILABLE} when a port is
     * taken or a certificate cannot be read. Closing the Vertx leaves the mesh.
     */
    public static Future<MeshVertx> clustered(ClusterConfig config) {
        var manager = new HazelcastClusterManager(MemberConfig.of(config));
        return Vertx.builder()
                .with(options().setEventBusOptions(bus(config)))
                .withClusterManager(manager)
                .buildClustered()
                .map(vertx -> new MeshVertx(vertx, watch(manager, config)))
                .recover(cause -> Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE,
                        "cannot become a member of mesh " + config.mesh() + " on " + config.address() + " (ports "
                                + config.busPort() + " and " + config.memberPort() + "): " + cause.getMessage(),
                        cause)));
    }

    /** A Vertx that is no member of any mesh. */
    public static Vertx alone() {
        return Vertx.vertx(options());
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Fails with a sentence when the member has fallen out of the mesh for good; only a restart helps then. */
    public Future<Void> lost() {
        return lost;
    }

    /** No cache folder in the temporary directory: pods have read-only roots, and nothing is served from the class path. */
    private static VertxOptions options() {
        return new VertxOptions().setFileSystemOptions(
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false));
    }

    private static EventBusOptions bus(ClusterConfig config) {
        var options = new EventBusOptions().setHost(config.address())
                .setPort(config.busPort())
                .setClusterPingInterval(2_000)
                .setClusterPingReplyInterval(3_000)
                .setConnectTimeout(5_000)
                .setReconnectAttempts(0);
        var folder = config.certificates();
        return folder == null ? options : secured(options, folder);
    }

    private static EventBusOptions secured(EventBusOptions options, Path folder) {
        return options.setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions().addCertPath(folder.resolve("tls.crt").toString())
                        .addKeyPath(folder.resolve("tls.key").toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(folder.resolve("ca.crt").toString()))
                .setClientAuth(ClientAuth.REQUIRED);
    }

    private static Future<Void> watch(HazelcastClusterManager manager, ClusterConfig config) {
        Promise<Void> lost = Promise.promise();
        manager.getHazelcastInstance().getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                LOG.atWarn().addKeyValue("mesh", config.mesh()).log("joined the mesh again after a split");
            } else if (manager.isActive() && (event.getState() == LifecycleState.MERGE_FAILED
                    || event.getState() == LifecycleState.SHUTDOWN)) {
                lost.tryFail(new SwarmException(ErrorCode.UNAVAILABLE, "this member fell out of mesh " + config.mesh()
                        + " and could not join it again; it has to be restarted"));
            }
        });
        return lost.future();
    }
}
