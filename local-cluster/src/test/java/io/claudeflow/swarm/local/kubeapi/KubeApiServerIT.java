package io.claudeflow.swarm.local.kubeapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.process.ProcessRecord;
import io.claudeflow.swarm.local.process.SearchPath;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeApiServerIT {
    @TempDir
    Path folder;

    @Test
    void stateAndAddressSurviveARestart() {
        var first = RealApiServer.start(folder);
        var address = first.config().getMasterUrl();
        try (var client = new KubernetesClientBuilder().withConfig(first.config()).build()) {
            client.configMaps()
                    .inNamespace("default")
                    .resource(new ConfigMapBuilder().withNewMetadata()
                            .withName("kept")
                            .endMetadata()
                            .withData(Map.of("a", "b"))
                            .build())
                    .create();
        }
        first.close();
        assertTrue(first.ended().succeeded());

        try (var second = RealApiServer.start(folder);
                var client = new KubernetesClientBuilder().withConfig(second.config()).build()) {
            assertEquals(address, second.config().getMasterUrl());
            assertNotNull(client.configMaps().inNamespace("default").withName("kept").get());
        }
    }

    @Test
    void theEndOfAProcessIsReported() {
        try (var server = RealApiServer.start(folder)) {
            ProcessRecord.read(folder.resolve("kube").resolve("kube-apiserver.pid"))
                    .orElseThrow()
                    .live()
                    .orElseThrow()
                    .destroyForcibly();

            Awaitility.await().until(() -> server.ended().failed());
            var sentence = String.valueOf(server.ended().cause().getMessage());
            assertTrue(sentence.startsWith("kube-apiserver ended by itself with exit code 137: see "), sentence);
        }
    }

    @Test
    void aPortInUseIsASentence() {
        try (var server = RealApiServer.start(folder)) {
            var other = folder.resolve("other");
            var config = RealApiServer.config(other);
            assertTrue(config.directory().toFile().mkdirs());
            var port = server.config().getMasterUrl().replaceAll("\\D*127.0.0.1:(\\d+)/", "$1");
            assertTrue(writes(config.directory().resolve("ports"), port + " 0 0"));

            var failure = assertThrows(SwarmException.class, () -> KubeApiServer.start(config));
            assertTrue(String.valueOf(failure.getMessage())
                    .startsWith("port " + port + " of this cluster is used by another process"));
        }
    }

    @Test
    void aMissingProgramIsASentence() {
        var config = new KubeApiServerConfig(new SearchPath(List.of(folder)), RealApiServer.path(),
                folder.resolve("kube"),
                folder.resolve("kubeconfig"), "x", folder.resolve("pki"),
                Duration.ofSeconds(5));

        var failure = assertThrows(SwarmException.class, () -> KubeApiServer.start(config));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("etcd is not in " + folder), failure.getMessage());
    }

    private static boolean writes(Path file, String text) {
        try {
            java.nio.file.Files.writeString(file, text);
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
