package io.claudeflow.swarm.local.kubeapi;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.pki.Kubeconfig;
import io.claudeflow.swarm.local.process.ProcessGroup;
import io.claudeflow.swarm.local.process.ProcessRecord;
import io.claudeflow.swarm.local.process.SearchPath;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A running etcd and kube-apiserver, nothing else of Kubernetes. RBAC is enforced; the administrator of the kubeconfig may do
 * everything. The API server reaches kubelets by their node's InternalIP, with a client certificate of the same authority.
 */
public final class KubeApiServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ServerProcess etcd;
    private final ServerProcess api;
    private final Config config;
    private final Promise<Void> ended = Promise.promise();
    private volatile boolean closing;

    private KubeApiServer(ServerProcess etcd, ServerProcess api, Config config) {
        this.etcd = etcd;
        this.api = api;
        this.config = config;
    }

    /**
     * Starts both and waits until the API server is ready (about 3 s).
     *
     * @throws SwarmException Unavailable with a sentence: a program is missing, a port is in use, it did not become ready
     */
    public static KubeApiServer start(KubeApiServerConfig wanted) {
        var etcd = program(wanted.programs(), "etcd");
        var kubeApiServer = program(wanted.programs(), "kube-apiserver");
        var folder = wanted.directory();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "cannot make " + folder + ": " + e.getMessage(), e);
        }
        ProcessRecord.endLeftover(folder.resolve("kube-apiserver.pid"));
        ProcessRecord.endLeftover(folder.resolve("etcd.pid"));
        var ports = Ports.keep(folder.resolve("ports"));
        var programs = new Programs(wanted, ports, Credentials.keep(wanted.pki()));
        var access = new Kubeconfig(wanted.name(), "https://" + LOOPBACK + ":" + ports.api(),
                programs.credentials().caPem(), programs.credentials().token(), "default");
        try {
            access.write(wanted.kubeconfig());
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "cannot write " + wanted.kubeconfig() + ": " + e.getMessage(), e);
        }
        var running = new KubeApiServer(programs.start("etcd", programs.etcd(etcd)),
                programs.start("kube-apiserver", programs.api(kubeApiServer)),
                Config.fromKubeconfig(wanted.kubeconfig().toFile()));
        running.supervise();
        try {
            running.awaitReady(wanted.startTimeout());
            return running;
        } catch (SwarmException e) {
            running.close();
            throw e;
        }
    }

    private static Path program(SearchPath programs, String name) {
        return programs.find(name)
                .orElseThrow(() -> new SwarmException(ErrorCode.UNAVAILABLE, name + " is not in "
                        + programs
                        + ": set KUBEBUILDER_ASSETS to the folder of etcd and kube-apiserver, or use --api-server embedded"));
    }

    private void supervise() {
        for (var process : List.of(etcd, api)) {
            process.group().onExit(code -> {
                if (!closing) {
                    ended.tryFail(new SwarmException(ErrorCode.UNAVAILABLE,
                            process.name() + " ended by itself with exit code " + code + ": see " + process.log()));
                }
            });
        }
    }

    private void awaitReady(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        var quiet = new ConfigBuilder(config).withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(1_000)
                .withRequestTimeout(2_000)
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(quiet).build()) {
            while (true) {
                var failure = ended.future().cause();
                if (failure != null) {
                    throw (SwarmException) failure;
                }
                if (ready(client)) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new SwarmException(ErrorCode.UNAVAILABLE, "kube-apiserver was not ready within "
                            + timeout.toSeconds() + " s: see " + api.log() + " and " + etcd.log());
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SwarmException(ErrorCode.UNAVAILABLE, "interrupted while kube-apiserver started", e);
        }
    }

    private static boolean ready(KubernetesClient client) {
        try {
            return client.raw("/readyz") != null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** An administrator's access. */
    public Config config() {
        return new ConfigBuilder(config).withOnlyHttpWatches(true).build();
    }

    /** Fails when one of the two has ended by itself; completes when they were stopped. */
    public Future<Void> ended() {
        return ended.future();
    }

    /** Stops the API server, then etcd; kills what does not stop in 10 s. */
    @Override
    public void close() {
        closing = true;
        for (var process : List.of(api, etcd)) {
            process.group().terminate();
            if (!process.group().await(GRACE)) {
                process.group().kill();
            }
            process.forget();
        }
        ended.tryComplete();
    }

    /** One of the two as a process. */
    record ServerProcess(String name, ProcessGroup group, Path log, Path record) {
        void forget() {
            try {
                Files.deleteIfExists(record);
            } catch (IOException e) {
                // The next start finds that the process is gone.
            }
        }
    }
}
