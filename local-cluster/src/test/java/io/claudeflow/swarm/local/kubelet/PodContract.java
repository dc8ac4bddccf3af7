package io.claudeflow.swarm.local.kubelet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds of a pod in both isolations. */
interface PodContract {
    TestCluster cluster();

    @Test
    default void aPodBecomesReadyAndItsLogIsServedByTheApi() {
        var pod = cluster().ready(cluster().create(TestCluster.pod(cluster().namespace(), "web")));

        assertEquals("web", cluster().ask(pod, "/env", "NAME"));
        assertTrue(cluster().log(pod).contains("hello from web"), cluster().log(pod));
        var stamped = cluster().client.pods().resource(pod).usingTimestamps().getLog();
        assertTrue(stamped.matches("(?s)\\d{4}-\\d\\d-\\d\\dT.*"), stamped);
        assertEquals("Running", pod.getStatus().getPhase());
        assertEquals(0, pod.getStatus().getContainerStatuses().getFirst().getRestartCount());
        await().until(() -> cluster().reasons(pod).containsAll(List.of("Scheduled", "Started")));
    }

    @Test
    default void filesComeFromObjectsAndFollowThem() throws Exception {
        var namespace = cluster().namespace();
        var map = cluster().client.resource(new ConfigMapBuilder().withNewMetadata()
                .withName("settings")
                .withNamespace(namespace)
                .endMetadata()
                .withData(Map.of("colour", "green"))
                .build()).create();
        cluster().client.resource(new SecretBuilder().withNewMetadata()
                .withName("keys")
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(Map.of("key", "s3cr3t"))
                .build()).create();
        var pod = cluster().ready(cluster().create(TestCluster.pod(namespace, "files")
                .editSpec()
                .addNewVolume()
                .withName("settings")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName("keys")
                .withNewSecret()
                .withSecretName("keys")
                .endSecret()
                .endVolume()
                .addNewVolume()
                .withName("token")
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken("swarm", 600L, "token")
                .endSource()
                .endProjected()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("settings")
                .withMountPath("/etc/settings")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("keys")
                .withMountPath("/etc/keys")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("token")
                .withMountPath("/var/run/swarm")
                .endVolumeMount()
                .addNewEnv()
                .withName("KEY")
                .withNewValueFrom()
                .withNewSecretKeyRef("key", "keys", false)
                .endValueFrom()
                .endEnv()
                .addNewEnvFrom()
                .withPrefix("SET_")
                .withNewConfigMapRef("settings", false)
                .endEnvFrom()
                .endContainer()
                .endSpec()));

        assertEquals("green", cluster().ask(pod, "/file", "/etc/settings/colour"));
        assertEquals("s3cr3t", cluster().ask(pod, "/file", "/etc/keys/key"));
        assertEquals("s3cr3t", cluster().ask(pod, "/env", "KEY"));
        assertEquals("green", cluster().ask(pod, "/env", "SET_colour"));
        var claims = new String(
                Base64.getUrlDecoder().decode(cluster().ask(pod, "/file", "/var/run/swarm/token").split("\\.")[1]));
        assertTrue(claims.matches(".*\"aud\":\\[?\"swarm\".*") && claims.contains(pod.getMetadata().getUid()), claims);
        assertTrue(cluster().ask(pod, "/file", "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")
                .startsWith("-----BEGIN"));
        assertEquals("127.0.0.1", cluster().ask(pod, "/env", "KUBERNETES_SERVICE_HOST"));

        map.setData(Map.of("colour", "blue"));
        cluster().client.resource(map).update();
        await().until(() -> cluster().ask(pod, "/file", "/etc/settings/colour").equals("blue"));
    }

    @Test
    default void aPodWaitsForWhatItNeeds() {
        var namespace = cluster().namespace();
        var pod = cluster().create(TestCluster.pod(namespace, "waits")
                .editSpec()
                .editFirstContainer()
                .addNewEnvFrom()
                .withNewConfigMapRef("late", false)
                .endEnvFrom()
                .endContainer()
                .endSpec());
        await().until(() -> waiting(pod).equals("CreateContainerConfigError: configmap \"late\" not found"));

        cluster().client.resource(new ConfigMapBuilder().withNewMetadata()
                .withName("late")
                .withNamespace(namespace)
                .endMetadata()
                .build()).create();

        cluster().ready(pod);
    }

    @Test
    default void anUnknownImageIsASentence() {
        var pod = cluster().create(TestCluster.pod(cluster().namespace(), "foreign")
                .editSpec()
                .editFirstContainer()
                .withImage("nginx:1")
                .endContainer()
                .endSpec());

        await().until(() -> waiting(pod).startsWith("ErrImageNeverPull: image \"nginx:1\" is not known here"));
        cluster().client.resource(pod).delete();
        cluster().awaitGone(pod);
    }

    @Test
    default void aContainerThatFailsIsRestartedAndItsLastLogKept() {
        var pod = cluster().ready(cluster().create(TestCluster.pod(cluster().namespace(), "fails")));
        assertEquals("failing", cluster().ask(pod, "/fail", ""));

        await().until(() -> cluster().get(pod).getStatus().getContainerStatuses().getFirst().getRestartCount() == 1);
        var again = cluster().ready(pod);
        var last = again.getStatus().getContainerStatuses().getFirst().getLastState().getTerminated();
        assertEquals(70, last.getExitCode());
        assertTrue(cluster().client.pods().resource(pod).terminated().getLog().contains("told to fail"));
        assertEquals(pod.getStatus().getPodIP(), again.getStatus().getPodIP());
    }

    @Test
    default void aKilledProcessIsRestarted() {
        var pod = cluster().ready(cluster().create(TestCluster.pod(cluster().namespace(), "killed")));
        long pid = Long.parseLong(cluster().ask(pod, "/pid", ""));
        assumeTrue(pid != ProcessHandle.current().pid(), "skipped: the pod has no process of its own");

        assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());

        await().until(() -> cluster().get(pod).getStatus().getContainerStatuses().getFirst().getRestartCount() == 1);
        var again = cluster().ready(pod);
        assertEquals(137,
                again.getStatus().getContainerStatuses().getFirst().getLastState().getTerminated().getExitCode());
    }

    @Test
    default void restartPolicyNeverEndsThePod() {
        var namespace = cluster().namespace();
        var good = cluster().create(never(namespace, "good", "0"));
        var bad = cluster().create(never(namespace, "bad", "1"));

        await().until(() -> "Succeeded".equals(cluster().get(good).getStatus().getPhase()));
        await().until(() -> "Failed".equals(cluster().get(bad).getStatus().getPhase()));
        assertEquals(1,
                cluster().get(bad)
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getTerminated()
                        .getExitCode());
        assertTrue(cluster().log(bad).contains("told to fail"), cluster().log(bad));
    }

    @Test
    default void aDeletedPodSaysGoodbyeAndLeavesNothing() throws Exception {
        var pod = cluster().ready(cluster().create(TestCluster.pod(cluster().namespace(), "leaves")));
        var follow = cluster().client.pods().resource(pod).watchLog();

        cluster().client.resource(pod).delete();

        cluster().awaitGone(pod);
        var lines = new String(follow.getOutput().readAllBytes());
        assertTrue(lines.contains("goodbye from leaves"), lines);
        await().until(() -> {
            try (var folders = Files.list(cluster().data().resolve("pods"))) {
                return folders.noneMatch(folder -> folder.toString().contains("leaves"));
            }
        });
    }

    @Test
    default void aForcedDeletionIsAtOnce() {
        var pod = cluster().ready(cluster().create(TestCluster.pod(cluster().namespace(), "forced")));

        cluster().client.resource(pod).withGracePeriod(0).delete();

        cluster().awaitGone(pod);
        await().ignoreExceptions()
                .until(() -> !Files.readString(cluster().data().resolve("hosts"))
                        .contains(pod.getStatus().getPodIP() + " "));
    }

    @Test
    default void aRestartOfTheNodeKeepsPods() {
        var namespace = cluster().namespace();
        var pod = cluster().ready(cluster().create(TestCluster.pod(namespace, "stays")));
        var once = cluster().ready(
                cluster().create(TestCluster.pod(namespace, "once").editSpec().withRestartPolicy("Never").endSpec()));

        cluster().restart();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> cluster().get(pod).getStatus().getContainerStatuses().getFirst().getRestartCount() == 1);
        var again = cluster().ready(pod);
        assertEquals(pod.getMetadata().getUid(), again.getMetadata().getUid());
        assertEquals(pod.getStatus().getPodIP(), again.getStatus().getPodIP());
        await().until(() -> "NodeRestart".equals(cluster().get(once).getStatus().getReason()));
        assertEquals("Failed", cluster().get(once).getStatus().getPhase());
    }

    private static PodBuilder never(String namespace, String name, String code) {
        return TestCluster.pod(namespace, name)
                .editSpec()
                .withRestartPolicy("Never")
                .editFirstContainer()
                .addNewEnv()
                .withName("EXIT_AT_ONCE")
                .withValue(code)
                .endEnv()
                .withReadinessProbe(null)
                .endContainer()
                .endSpec();
    }

    private String waiting(Pod pod) {
        var statuses = cluster().get(pod).getStatus().getContainerStatuses();
        var state = statuses.isEmpty() ? null : statuses.getFirst().getState().getWaiting();
        return state == null ? "" : state.getReason() + ": " + state.getMessage();
    }
}
