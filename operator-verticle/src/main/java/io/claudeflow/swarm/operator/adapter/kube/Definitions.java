package io.claudeflow.swarm.operator.adapter.kube;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmMemory;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the definitions of the four kinds: an operator may be started beside their installation. */
public final class Definitions {
    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private Definitions() {}

    /**
     * Blocks until all four kinds can be listed.
     *
     * @param namespace where, or null for all namespaces
     */
    public static void await(KubernetesClient client, @Nullable String namespace) throws InterruptedException {
        for (var kind : List.<Class<? extends HasMetadata>>of(SwarmCluster.class, SwarmAgent.class, SwarmTask.class,
                SwarmMemory.class)) {
            var pause = FIRST;
            while (!served(client, kind, namespace)) {
                LOG.atDebug().addKeyValue("kind", kind.getSimpleName()).log("not defined yet");
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
            }
        }
    }

    private static boolean served(KubernetesClient client, Class<? extends HasMetadata> kind,
            @Nullable String namespace) {
        var one = new ListOptionsBuilder().withLimit(1L).build();
        try {
            if (namespace == null) {
                client.resources(kind).inAnyNamespace().list(one);
            } else {
                client.resources(kind).inNamespace(namespace).list(one);
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
