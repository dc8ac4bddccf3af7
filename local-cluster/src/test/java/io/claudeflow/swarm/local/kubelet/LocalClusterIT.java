package io.claudeflow.swarm.local.kubelet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.local.LocalClusterConfig.ApiServerKind;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launchers that are killed, and launchers that come second. */
class LocalClusterIT {
    @TempDir
    Path folder;

    @Test
    void whatAKilledLauncherLeftIsEndedAndRunsAgainUnderTheSameNames() throws Exception {
        var launcher = launcher();
        assertEquals("started " + kubeconfig(), firstLine(launcher));
        Pod pod;
        long pid;
        try (var client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
                .build()) {
            await().until(() -> client.serviceAccounts().inNamespace("default").withName("default").get() != null);
            var created = client.resource(TestCluster.pod("default", "left").build()).create();
            pod = client.resource(created).waitUntilReady(60, TimeUnit.SECONDS);
            pid = Long.parseLong(Files.readString(record(pod)).split(" ")[0]);
        }
        var second = launcher();
        assertEquals("data directory " + folder.resolve("data") + " is in use by process " + launcher.pid()
                + ": end it with 'swarm down', or choose another --name or --data-dir", firstLine(second));
        assertTrue(second.waitFor(20, TimeUnit.SECONDS));
        assertEquals(3, second.exitValue());

        launcher.destroyForcibly();
        assertTrue(launcher.waitFor(20, TimeUnit.SECONDS));
        assertTrue(ProcessHandle.of(pid).isPresent(), "the pod's process outlives its launcher");

        try (var cluster = new TestCluster(folder, ApiServerKind.EMBEDDED, Isolation.PROCESS)) {
            assertTrue(ProcessHandle.of(pid).isEmpty() || !ProcessHandle.of(pid).get().isAlive());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> cluster.get(pod).getStatus().getContainerStatuses().getFirst().getRestartCount() == 1);
            var again = cluster.ready(pod);
            assertEquals(pod.getMetadata().getUid(), again.getMetadata().getUid());
            assertEquals(pod.getStatus().getPodIP(), again.getStatus().getPodIP());
            assertEquals("NodeRestart",
                    again.getStatus().getContainerStatuses().getFirst().getLastState().getTerminated().getReason());
        }
    }

    private Path kubeconfig() {
        return folder.resolve("data").resolve("kubeconfig");
    }

    private Path record(Pod pod) {
        return folder.resolve("data")
                .resolve("pods")
                .resolve(PodName.of(pod).folder())
                .resolve("containers")
                .resolve("main")
                .resolve(ProcessRuntime.RECORD);
    }

    private Process launcher() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"),
                EchoLauncher.class.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** The first line that is not a log line. */
    private static String firstLine(Process process) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.matches("\\d{4}-.*|\\s.*")) {
                return line;
            }
        }
        return "";
    }
}
