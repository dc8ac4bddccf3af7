package io.claudeflow.swarm.api.v1alpha1.task;

import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;

/** How the parts of one task are done. */
public enum Strategy {
    PARALLEL, SEQUENTIAL, ADAPTIVE, CONSENSUS;

    @JsonValue
    public String word() {
        return Words.lower(this);
    }
}
