package io.claudeflow.swarm.operator;

import io.claudeflow.swarm.operator.condition.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** Conditions as tests compare them. */
final class Said {
    private Said() {}

    /** Status and reason, for example {@code True/Ready}; empty when there is no such condition. */
    static String said(List<Condition> conditions, String type) {
        return Conditions.find(conditions, type).map(found -> found.getStatus() + "/" + found.getReason()).orElse("");
    }
}
