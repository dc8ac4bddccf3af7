package io.claudeflow.swarm.operator.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.operator.identity.ClusterNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentPlanTest {
    private static final ClusterNames NAMES = new ClusterNames("lab", "c");

    private static AgentPlan.Agent agent(String type, int number, int running) {
        return new AgentPlan.Agent(NAMES.agent(type, number), type, running);
    }

    @Test
    void aNewAgentTakesTheLowestFreeNumber() {
        var plan = AgentPlan.of(NAMES, Map.of("coder", 4), List.of(agent("coder", 1, 0)),
                Set.of("c-coder-1", "c-coder-2"));
        assertEquals(List.of("c-coder-0", "c-coder-1", "c-coder-3", "c-coder-4"),
                plan.keep().stream().map(AgentPlan.Agent::name).toList());
        assertEquals(List.of(), plan.remove());
    }

    @Test
    void theEmptiestGoesFirstThenTheHighestNumber() {
        var made = List.of(agent("coder", 0, 0), agent("coder", 1, 2), agent("coder", 2, 0), agent("coder", 10, 0));
        var taken = Set.of("c-coder-0", "c-coder-1", "c-coder-2", "c-coder-10");
        assertEquals(List.of("c-coder-2", "c-coder-10"), AgentPlan.of(NAMES, Map.of("coder", 2), made, taken).remove());
    }

    @Test
    void aTypeThatIsNotWantedGoes() {
        var plan = AgentPlan.of(NAMES, Map.of("coder", 1), List.of(agent("tester", 0, 1)), Set.of("c-tester-0"));
        assertEquals(List.of("c-tester-0"), plan.remove());
        assertEquals(List.of("c-coder-0"), plan.keep().stream().map(AgentPlan.Agent::name).toList());
    }
}
