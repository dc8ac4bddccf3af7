package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.List;

final class DeploymentRules implements KindRules {
    private static final int PROGRESS_SECONDS = 600;

    @Override
    public void defaults(ObjectNode deployment) {
        var spec = KubeJson.child(deployment, "spec");
        setDefault(spec, "replicas", 1);
        setDefault(spec, "revisionHistoryLimit", 10);
        setDefault(spec, "progressDeadlineSeconds", PROGRESS_SECONDS);
        var strategy = KubeJson.child(spec, "strategy");
        setDefault(strategy, "type", "RollingUpdate");
        if (KubeJson.string(strategy, "type").equals("RollingUpdate")) {
            var rolling = KubeJson.child(strategy, "rollingUpdate");
            for (var bound : List.of("maxUnavailable", "maxSurge")) {
                if (!rolling.hasNonNull(bound)) {
                    rolling.put(bound, "25%");
                }
            }
        }
        Templates.defaults(deployment);
    }

    @Override
    public List<FieldError> validate(ObjectNode deployment) {
        return Templates.check(deployment);
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        return Templates.immutable(next, live, "spec", "selector");
    }
}
