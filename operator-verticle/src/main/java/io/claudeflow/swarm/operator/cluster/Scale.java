package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmApi;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.identity.Labels;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scale subresource, written without being read: a GET of it is a 500 while {@code spec.replicas} is unset. */
final class Scale {
    private static final Logger LOG = LoggerFactory.getLogger(Scale.class);

    private Scale() {}

    static void write(KubernetesClient client, SwarmCluster cluster, int replicas) {
        var meta = cluster.getMetadata();
        var scale = new ScaleBuilder().withNewMetadata()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withResourceVersion(meta.getResourceVersion())
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        var path = "/apis/" + SwarmApi.GROUP + "/" + SwarmApi.VERSION + "/namespaces/" + meta.getNamespace()
                + "/swarmclusters/" + meta.getName() + "/scale?fieldManager=" + Labels.CLUSTER_OPERATOR;
        try {
            client.raw(path, "PUT", scale);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            LOG.atDebug()
                    .addKeyValue("cluster", meta.getName())
                    .log("replicas not written: the object has another version by now");
        }
    }
}
