package io.claudeflow.swarm.operator.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrewTest {
    private static final String RESEARCH = """
            topology: hierarchical
            autoscaling:
              minAgents: 3
              topologyRatios: {coordinator: 10, researcher: 30, coder: 40, analyst: 20}
            """;

    private static SwarmClusterSpec spec(String yaml) {
        return new KubernetesSerialization().unmarshal("---\n" + yaml, SwarmClusterSpec.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0, 0", "1, 1, 0, 0, 0", "2, 1, 0, 1, 0", "3, 1, 1, 1, 0", "4, 1, 1, 1, 1", "5, 1, 1, 2, 1",
        "10, 1, 3, 4, 2", "20, 2, 6, 8, 4", "100, 10, 30, 40, 20"})
    void researchSwarmIsApportioned(int total, int coordinator, int researcher, int coder, int analyst) {
        var crew = Crew.of(spec(RESEARCH), total);
        assertEquals(coordinator, crew.getOrDefault("coordinator", 0));
        assertEquals(researcher, crew.getOrDefault("researcher", 0));
        assertEquals(coder, crew.getOrDefault("coder", 0));
        assertEquals(analyst, crew.getOrDefault("analyst", 0));
    }

    @Test
    void everyTotalIsMet() {
        var lopsided = spec("""
                topology: mesh
                autoscaling: {topologyRatios: {a: 97, b: 1, c: 1, d: 1, e: 0}}
                """);
        IntStream.rangeClosed(0, 300).forEach(total -> {
            var crew = Crew.of(lopsided, total);
            assertEquals(total, crew.values().stream().mapToInt(Integer::intValue).sum());
            assertEquals(0, crew.getOrDefault("e", 0));
        });
        assertEquals(Map.of("a", 7, "b", 1, "c", 1, "d", 1), Crew.of(lopsided, 10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"topology: hierarchical|{coder=2, coordinator=1}",
        "topology: star|{coordinator=1, executor=2}", "topology: mesh|{specialist=3}",
        "topology: ring|{executor=1, monitor=1, planner=1, validator=1}",
        "{topology: ring, ringOrder: [a, b]}|{a=1, b=1}",
        "{topology: mesh, autoscaling: {minAgents: 5}}|{specialist=5}",
        "{topology: ring, autoscaling: {enabled: true}}|{executor=1, planner=1, validator=1}"})
    void withoutRatiosTheTopologyHasACrew(String yaml, String crew) {
        var spec = spec(yaml);
        assertEquals(crew, new TreeMap<>(Crew.of(spec, Crew.defaultSize(spec))).toString());
    }
}
