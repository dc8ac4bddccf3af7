package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;

/** Who may talk to whom, and so who assigns, votes and learns together. */
public enum Topology {
    MESH, HIERARCHICAL, RING, STAR;

    @JsonValue
    public String word() {
        return Words.lower(this);
    }
}
