package io.claudeflow.swarm.cli.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.cli.adapter.yaml.Manifest;
import io.claudeflow.swarm.cli.adapter.yaml.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperatorManifestsTest {
    private static final Path FOLDER = Path.of("../k8s/operator");

    @Test
    void theJarCarriesWhatTheFolderHas() throws IOException {
        try (var files = Files.list(FOLDER)) {
            var names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            var texts = new OperatorManifests().texts();
            assertEquals(names, texts.keySet());
            for (var name : names) {
                assertEquals(Files.readString(FOLDER.resolve(name)), texts.get(name));
            }
        }
    }

    @Test
    void oneMachineHasOneReplicaOfEachOperator() {
        var deployment = new OperatorManifests().read()
                .stream()
                .filter(manifest -> manifest.kind().equals("Deployment"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, deployment.json().at("/spec/replicas").asInt());
        assertTrue(deployment.json()
                .at("/spec/template/spec/containers/0/env")
                .toString()
                .contains("{\"name\":\"OPERATOR_MESH_REPLICAS\",\"value\":\"1\"}"), () -> deployment.json().toString());
    }

    @Test
    void aVariableThatIsThereIsReplaced() {
        Manifest manifest = ManifestReader
                .parse("f",
                        """
                                apiVersion: apps/v1
                                kind: Deployment
                                metadata: {name: a}
                                spec:
                                  replicas: 3
                                  template: {spec: {containers: [{name: c, env: [{name: OPERATOR_MESH_REPLICAS, value: "2"}, {name: A, value: b}]}]}}
                                """)
                .getFirst();
        OperatorManifests.forOneMachine(manifest.json());
        assertEquals("{\"replicas\":1,\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"env\":[{\"name\":\"A\","
                + "\"value\":\"b\"},{\"name\":\"OPERATOR_MESH_REPLICAS\",\"value\":\"1\"}]}]}}}",
                manifest.json().path("spec").toString());
    }
}
