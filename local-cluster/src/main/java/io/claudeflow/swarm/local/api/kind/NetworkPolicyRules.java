package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;

final class NetworkPolicyRules implements KindRules {
    @Override
    public void defaults(ObjectNode policy) {
        var spec = KubeJson.child(policy, "spec");
        KubeJson.child(spec, "podSelector");
        if (spec.path("policyTypes").isEmpty()) {
            var types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }
}
