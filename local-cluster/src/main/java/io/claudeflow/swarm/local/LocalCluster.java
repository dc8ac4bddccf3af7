package io.claudeflow.swarm.local;

import io.claudeflow.swarm.kit.names.LookUps;
import io.claudeflow.swarm.local.controllers.Controllers;
import io.claudeflow.swarm.local.kubelet.Kubelet;
import io.claudeflow.swarm.local.kubelet.KubeletConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running local cluster. Its state lies in the data directory; a second start on it is the reboot of its node. An API server that
 * was started as one kind knows nothing of what the other kind kept there.
 */
public final class LocalCluster {
    /** The name of the one node. */
    public static final String NODE = "local";

    private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);

    private final DataDirectory data;
    private final ApiBackend api;
    private final Config access;
    private final Controllers controllers;
    private final Kubelet kubelet;

    private LocalCluster(DataDirectory data, ApiBackend api, Config access, Controllers controllers, Kubelet kubelet) {
        this.data = data;
        this.api = api;
        this.access = access;
        this.controllers = controllers;
        this.kubelet = kubelet;
    }

    /**
     * Starts the API server, then controllers and node at once; returns when the API answers. Blocking. Changes how this JVM
     * remembers names ({@link LookUps}).
     *
     * @throws io.claudeflow.swarm.kit.error.SwarmException with a sentence: the data directory is in use, read-only or full, a port
     *         is in use, a program is missing; nothing is left running then
     */
    public static LocalCluster start(LocalClusterConfig config) {
        LookUps.anew();
        var data = DataDirectory.open(config.dataDirectory());
        ApiBackend api = null;
        CompletableFuture<Controllers> controllers = null;
        try {
            long begin = System.nanoTime();
            api = ApiBackend.start(config);
            var access = access(config.dataDirectory().resolve(ApiBackend.KUBECONFIG));
            LOG.atDebug().addKeyValue("ms", (System.nanoTime() - begin) / 1_000_000).log("API server answers");
            controllers = CompletableFuture.supplyAsync(
                    () -> Controllers.start(access, config.dataDirectory().resolve("volumes")),
                    start -> Thread.ofPlatform().name("controllers").start(start));
            var kubelet = Kubelet.start(new KubeletConfig(NODE, config.dataDirectory(), ApiBackend.pki(config), access,
                    config.isolation(), config.images(), config.java()));
            var cluster = new LocalCluster(data, api, access, controllers.join(), kubelet);
            LOG.atDebug().addKeyValue("ms", (System.nanoTime() - begin) / 1_000_000).log("cluster started");
            return cluster;
        } catch (RuntimeException e) {
            if (controllers != null) {
                controllers.join().close();
            }
            if (api != null) {
                api.close();
            }
            data.close();
            throw e;
        }
    }

    private static Config access(Path kubeconfig) {
        // Watches as streams of one HTTP/2 connection: as web sockets each would cost a TLS handshake, some seventy at the start.
        return new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile())).withOnlyHttpWatches(true).build();
    }

    /** The administrator's access file. */
    public Path kubeconfig() {
        return data.path().resolve(ApiBackend.KUBECONFIG);
    }

    /** The administrator's access, a copy. */
    public Config config() {
        return new ConfigBuilder(access).build();
    }

    /** Fails when the API server has ended by itself; completes when the cluster was stopped. */
    public Future<Void> ended() {
        return api.ended();
    }

    /** Stops pods within that time, then all else. Objects and data stay. Blocking. */
    public void stop(Duration deadline) {
        kubelet.close(deadline);
        controllers.close();
        api.close();
        data.close();
    }
}
