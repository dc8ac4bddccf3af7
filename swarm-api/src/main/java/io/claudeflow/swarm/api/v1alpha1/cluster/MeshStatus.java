package io.claudeflow.swarm.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.claudeflow.swarm.api.v1alpha1.schema.Absent;
import io.claudeflow.swarm.api.v1alpha1.schema.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the mesh operator reports of the hive-mind; its own field manager owns it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MeshStatus(
        @JsonPropertyDescription("Name of the pod that leads the hive-mind.") //
        @Nullable String leader,
        @JsonPropertyDescription("Name of the agent that is queen; in a star she is the hub.") //
        @Nullable String queen,
        @JsonPropertyDescription("Raft term of that leader.") //
        @Nullable Long term,
        @JsonPropertyDescription("Epoch of the ledger; a restore raises it.") //
        @Nullable Long epoch,
        @JsonPropertyDescription("Names of the pods that vote in the Raft group.") //
        List<String> voters,
        @JsonPropertyDescription("Agents with an open stream, by type.") //
        Map<String, Integer> connectedAgents,
        @JsonPropertyDescription("Draining while running work is handed back, then Drained.") //
        @Nullable Drain drain) {
    public MeshStatus {
        voters = Absent.list(voters);
        connectedAgents = Absent.map(connectedAgents);
    }

    /** How far the end of the swarm is. */
    public enum Drain {
        DRAINING, DRAINED;

        @JsonValue
        public String word() {
            return Words.pascal(this);
        }
    }
}
