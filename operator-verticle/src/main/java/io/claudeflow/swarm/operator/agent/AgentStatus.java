package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.agent.SwarmAgentStatus;
import io.claudeflow.swarm.api.v1alpha1.agent.SwarmAgentStatus.Phase;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.claudeflow.swarm.operator.reference.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What a SwarmAgent's status says. Connected is an open stream in the leader's memory, as the leader told it. */
final class AgentStatus {
    private AgentStatus() {}

    /** What is seen of an agent beside its Pod. */
    record Seen(boolean connected, int running) {}

    /**
     * What the status is to say.
     *
     * @param refusal the API server's words when it refused the Pod, else null
     */
    static SwarmAgentStatus of(SwarmAgent agent, SwarmId swarm, PodStep pod, @Nullable String refusal, Seen seen,
            Instant now) {
        var before = agent.getStatus() == null ? SwarmAgentStatus.builder().build() : agent.getStatus();
        long generation = agent.getMetadata().getGeneration();
        var ready = ready(pod, refusal, seen, wasConnected(before));
        var facts = new ArrayList<Fact>();
        facts.add(Resolution.resolved(swarm.cluster()));
        facts.add(ready);
        if (!agent.getSpec().neuralModels().isEmpty()) {
            facts.add(Fact.no(Catalogue.NEURAL_READY, Catalogue.NOT_AVAILABLE,
                    "spec.neuralModels: this release serves no models."));
        }
        if (agent.getSpec().llm() != null) {
            facts.add(Fact.no(Catalogue.LLM_READY, Catalogue.NOT_AVAILABLE,
                    "spec.llm: this release does not talk to language models."));
        }
        return SwarmAgentStatus.builder()
                .phase(phase(ready, pod))
                .observedGeneration(generation)
                .clusterUid(swarm.clusterUid())
                .podName(pod instanceof PodStep.Foreign ? null : agent.getMetadata().getName())
                .connected(ready.holds())
                .running(seen.running())
                .conditions(Conditions.of(facts, before.conditions(), generation, now))
                .build();
    }

    private static boolean wasConnected(SwarmAgentStatus before) {
        return before.phase() == Phase.CONNECTED || before.phase() == Phase.DISCONNECTED;
    }

    private static Fact ready(PodStep pod, @Nullable String refusal, Seen seen, boolean wasConnected) {
        if (refusal != null) {
            return Fact.no(Catalogue.READY, Catalogue.REFUSED, "The API server refused its pod: " + refusal);
        }
        return switch (pod) {
            case PodStep.Foreign _ -> Fact.no(Catalogue.READY, Catalogue.NAME_TAKEN,
                    "A Pod of this name exists and is not this agent's; delete it, or rename the agent.");
            case PodStep.Replace replace when replace.failed() -> Fact.no(Catalogue.READY, Catalogue.POD_FAILED,
                    "Its pod failed and is made again.");
            case PodStep.Replace _,PodStep.Await _ -> Fact.no(Catalogue.READY, Catalogue.REPLACING,
                    "Its pod is ending and will be made again.");
            case PodStep.Create _,PodStep.Keep _ -> connection(seen, wasConnected);
        };
    }

    private static Fact connection(Seen seen, boolean wasConnected) {
        if (seen.connected()) {
            return Fact.yes(Catalogue.READY, Catalogue.CONNECTED, "It has an open stream to the hive-mind.");
        }
        return wasConnected
                ? Fact.no(Catalogue.READY, Catalogue.DISCONNECTED, "It has lost its stream to the hive-mind.")
                : Fact.no(Catalogue.READY, Catalogue.STARTING, "Its pod was made and has not connected yet.");
    }

    private static Phase phase(Fact ready, PodStep pod) {
        return switch (pod) {
            case PodStep.Foreign _ -> Phase.FAILED;
            case PodStep.Replace replace when replace.failed() -> Phase.FAILED;
            case PodStep.Replace _,PodStep.Await _ -> Phase.DRAINING;
            case PodStep.Create _,PodStep.Keep _ -> switch (ready.reason()) {
                case Catalogue.CONNECTED -> Phase.CONNECTED;
                case Catalogue.DISCONNECTED -> Phase.DISCONNECTED;
                case Catalogue.REFUSED -> Phase.FAILED;
                default -> Phase.STARTING;
            };
        };
    }
}
