package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.cli.live.Readiness;
import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.cli.local.KubeTarget;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.LocalCluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local cluster in this process, with definitions and operator in it. It ends by {@link #close}, which a signal calls too.
 */
final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration ABANDON = Duration.ofSeconds(20);
    private static final String CLUSTERS = "apis/swarm.claudeflow.io/v1alpha1/swarmclusters";

    private final Terminal terminal;
    private final DataDirectory data;
    private final LocalCluster cluster;
    private final KubeApi api;
    private final Map<String, Long> terms;
    private volatile boolean closed;

    private Serving(Terminal terminal, DataDirectory data, LocalCluster cluster, KubeApi api, Map<String, Long> terms) {
        this.terminal = terminal;
        this.data = data;
        this.cluster = cluster;
        this.api = api;
        this.terms = Map.copyOf(terms);
    }

    /** Blocks until everything that a swarm needs is served; what fails leaves nothing running. */
    static Serving start(Shell shell, UpRequest request) throws InterruptedException {
        var data = request.data();
        DataFolder.make(data);
        SwarmLog.open(shell, data.log());
        long begin = System.nanoTime();
        var cluster = LocalCluster.start(ClusterConfigs.of(shell, request));
        took("cluster started", begin);
        try {
            var api = KubeApi.open(new KubeTarget(data.kubeconfig(), "the API server of this swarm does not answer"));
            var terms = terms(api);
            took("API server read", begin);
            new Installation(api, new OperatorManifests()).run();
            took("definitions and operator installed", begin);
            DataFolder.record(data, terms);
            return new Serving(shell.terminal(), data, cluster, api, terms);
        } catch (RuntimeException | InterruptedException e) {
            cluster.stop(STOP);
            throw e;
        }
    }

    private static void took(String what, long begin) {
        LOG.atDebug().addKeyValue("ms", Duration.ofNanos(System.nanoTime() - begin).toMillis()).log(what);
    }

    /** The terms of hive-minds that a run before has left; read before any of them can have had an election. */
    private static Map<String, Long> terms(KubeApi api) {
        var terms = new HashMap<String, Long>();
        try {
            api.get(CLUSTERS).path("items").forEach(item -> {
                var cluster = new KubeObject(item);
                terms.put(cluster.namespace() + "/" + cluster.name(), Readiness.term(cluster));
            });
        } catch (SwarmException e) {
            if (!e.code().equals(ErrorCode.NOT_FOUND)) {
                throw e;
            }
        }
        return terms;
    }

    /** Whether it is ending or has ended. */
    boolean closed() {
        return closed;
    }

    KubeApi api() {
        return api;
    }

    Map<String, Long> terms() {
        return terms;
    }

    /** Blocks for as long as the cluster runs; fails when it cannot go on. */
    void awaitEnd() {
        cluster.ended().toCompletionStage().toCompletableFuture().join();
    }

    /** Stops pods, controllers and API server, in this order; state is kept. Twice is once. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            api.close();
            stop();
            DataFolder.forget(data);
        }
    }

    /** What does not stop in time ends with the process. */
    private void stop() {
        var stopping = Thread.ofPlatform().daemon().name("stop cluster").start(() -> cluster.stop(STOP));
        try {
            if (!stopping.join(ABANDON)) {
                terminal.say("swarm: not everything stopped within " + ABANDON.toSeconds()
                        + " s; what is left ends with this process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
