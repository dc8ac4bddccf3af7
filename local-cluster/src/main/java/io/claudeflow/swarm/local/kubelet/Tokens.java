package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Asks the API server for tokens of a pod's service account that are bound to the pod. Blocking. */
final class Tokens {
    private static final long DEFAULT_SECONDS = 3_600;

    private final KubernetesClient client;

    /**
     * A token.
     *
     * @param text    secret
     * @param renewAt when four fifths of its life are over
     */
    record Token(String text, Instant renewAt) {
        @Override
        public String toString() {
            return "Token[renewAt=" + renewAt + "]";
        }
    }

    Tokens(KubernetesClient client) {
        this.client = client;
    }

    Token request(Pod pod, ServiceAccountTokenProjection wanted) {
        var meta = pod.getMetadata();
        long seconds = wanted.getExpirationSeconds() == null ? DEFAULT_SECONDS : wanted.getExpirationSeconds();
        var request = new TokenRequestBuilder().withNewSpec()
                .withExpirationSeconds(seconds)
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(meta.getName())
                .withUid(meta.getUid())
                .endBoundObjectRef()
                .endSpec()
                .build();
        if (wanted.getAudience() != null && !wanted.getAudience().isEmpty()) {
            request.getSpec().setAudiences(List.of(wanted.getAudience()));
        }
        var now = Instant.now();
        var status = client.serviceAccounts()
                .inNamespace(meta.getNamespace())
                .withName(pod.getSpec().getServiceAccountName())
                .tokenRequest(request)
                .getStatus();
        // The API server may grant more than was asked for; the file then still follows what was asked for.
        var granted = Duration.between(now, Instant.parse(status.getExpirationTimestamp()));
        var life = granted.compareTo(Duration.ofSeconds(seconds)) < 0 ? granted : Duration.ofSeconds(seconds);
        return new Token(status.getToken(), now.plus(life.multipliedBy(4).dividedBy(5)));
    }
}
