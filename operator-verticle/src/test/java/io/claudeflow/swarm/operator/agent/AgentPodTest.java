package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.operator.Golden;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A SwarmAgent, perhaps with a Pod and whether it is connected: the Pod that it is to have, the step to there, its status. */
class AgentPodTest {
    private static final SwarmId SWARM = new SwarmId("lab", "research-swarm", "11111111-1111-1111-1111-111111111111");
    private static final Images IMAGES = new Images("operator:1", "hivemind:1", "agent:1", "IfNotPresent");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TestFactory
    Stream<DynamicTest> desired() {
        return Golden.cases("agent", in -> {
            var agent = Golden.one(in, SwarmAgent.class);
            var desired = AgentPod.desired(agent, SWARM, IMAGES, List.of());
            var step = PodStep.of(agent, desired, Golden.all(in, Pod.class).stream().findFirst().orElse(null));
            boolean connected = "yes".equals(agent.getMetadata().getAnnotations().get("connected"));
            var status = AgentStatus.of(agent, SWARM, step, null, new AgentStatus.Seen(connected, 0), NOW);
            return List.of(desired, new TreeMap<>(Map.of("step", step.getClass().getSimpleName(), "declared",
                    AgentDeclared.of(agent, "pod-uid").toString())), status);
        });
    }
}
