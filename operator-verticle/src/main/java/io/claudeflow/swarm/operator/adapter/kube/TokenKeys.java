package io.claudeflow.swarm.operator.adapter.kube;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;

/**
 * Who issues ServiceAccounts' tokens, and with which keys, as the API server publishes it. Every ServiceAccount may read that.
 *
 * @param issuer the {@code iss} of the tokens
 * @param jwks   the key set, as JSON
 */
public record TokenKeys(String issuer, String jwks) {
    /** Reads; blocks. Fails with {@link ErrorCode#UNAVAILABLE}. */
    public static TokenKeys read(KubernetesClient client) {
        try {
            var configuration = client.getKubernetesSerialization()
                    .unmarshal(client.raw("/.well-known/openid-configuration"), Map.class);
            var issuer = configuration.get("issuer");
            var jwks = client.raw("/openid/v1/jwks");
            if (!(issuer instanceof String text) || jwks == null) {
                throw new SwarmException(ErrorCode.UNAVAILABLE, "the API server publishes no issuer and keys");
            }
            return new TokenKeys(text, jwks);
        } catch (KubernetesClientException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "the API server does not say with which keys it signs tokens: " + e.getMessage(), e);
        }
    }
}
