package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.adapter.kube.Answer;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The random token that the hive-mind's replicas show each other: made once, never changed, read by nobody here. */
final class PeerSecret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private PeerSecret() {}

    static Answer<Secret> bring(SwarmCluster cluster, ClusterNames names, KubernetesClient client) {
        try {
            var before = client.secrets().inNamespace(names.namespace()).withName(names.peerSecret()).get();
            if (before != null) {
                return Owner.controls(cluster, before) ? new Answer.Unchanged<>(before) : Answer.taken(cluster, before);
            }
            var token = new byte[32];
            RANDOM.nextBytes(token);
            return new Answer.Written<>(client.resource(new SecretBuilder()
                    .withMetadata(ClusterObjects.meta(cluster, names.peerSecret(), Labels.HIVEMIND))
                    .withType("Opaque")
                    .addToStringData("token", HexFormat.of().formatHex(token))
                    .build()).create());
        } catch (KubernetesClientException e) {
            return Answer.of(e);
        }
    }
}
