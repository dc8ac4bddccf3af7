package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;

/** Who decides: the queen alone, or all voters. */
public enum QueenMode {
    CENTRALIZED, DISTRIBUTED;

    @JsonValue
    public String word() {
        return Words.lower(this);
    }
}
