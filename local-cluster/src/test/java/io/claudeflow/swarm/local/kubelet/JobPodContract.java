package io.claudeflow.swarm.local.kubelet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What holds of Jobs whose pods really run, in both isolations. */
interface JobPodContract {
    TestCluster cluster();

    @Test
    default void aJobHasItsVolumesAndEndsWithItsApplication() throws Exception {
        var namespace = cluster().namespace();
        cluster().client.resource(new SecretBuilder().withNewMetadata()
                .withName("keys")
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(Map.of("key", "s3cr3t"))
                .build()).create();
        cluster().client.resource(new PersistentVolumeClaimBuilder().withNewMetadata()
                .withName("data")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .build()).create();
        var job = create(namespace, "work", 0, withVolumes());
        var pod = cluster().ready(pod(job));
        assertEquals("s3cr3t", cluster().ask(pod, "/file", "/etc/keys/key"));
        assertTrue(cluster().ask(pod, "/file", "/var/run/swarm/token").split("\\.").length == 3);
        assertEquals("written", cluster().ask(pod, "/write", "/var/data/note:done"));
        assertEquals("written", cluster().ask(pod, "/write", "/dev/termination-log:all well"));
        await().until(() -> Integer.valueOf(1).equals(status(job).getReady()));

        assertEquals("ending", cluster().ask(pod, "/end", ""));

        await().until(() -> holds(job, "Complete"));
        assertEquals("Succeeded", cluster().get(pod).getStatus().getPhase());
        var ended = terminated(pod);
        assertEquals(0, ended.getExitCode());
        assertEquals("Completed", ended.getReason());
        assertEquals("all well", ended.getMessage());
        assertTrue(ended.getStartedAt().compareTo(ended.getFinishedAt()) <= 0);
        assertTrue(cluster().log(pod).contains("hello from work"));
        var claim = cluster().client.persistentVolumeClaims().inNamespace(namespace).withName("data").get();
        var volume = cluster().client.persistentVolumes().withName(claim.getSpec().getVolumeName()).get();
        assertEquals("done", Files.readString(Path.of(volume.getSpec().getHostPath().getPath(), "note")));
    }

    @Test
    default void aJobThatFailsSaysHow() {
        var job = create(cluster().namespace(), "fails", 0, TestCluster.pod("unused", "fails")
                .editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName("EXIT_AT_ONCE")
                .withValue("1")
                .endEnv()
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .endContainer()
                .endSpec());

        await().until(() -> holds(job, "Failed"));
        assertEquals(1, status(job).getFailed());
        var pod = pod(job);
        assertEquals("Failed", cluster().get(pod).getStatus().getPhase());
        var ended = terminated(pod);
        assertEquals(1, ended.getExitCode());
        assertEquals("Error", ended.getReason());
        assertTrue(ended.getMessage().contains("told to fail"), ended.getMessage());
    }

    @Test
    default void aJobRestartsItsContainersWhereItsTemplateSaysSo() {
        var job = create(cluster().namespace(), "again", 2, TestCluster.pod("unused", "again")
                .editSpec()
                .withRestartPolicy("OnFailure")
                .endSpec());
        var pod = cluster().ready(pod(job));
        assertEquals("failing", cluster().ask(pod, "/fail", ""));
        await().until(() -> cluster().get(pod).getStatus().getContainerStatuses().getFirst().getRestartCount() == 1);
        cluster().ready(pod);
        assertEquals("ending", cluster().ask(pod, "/end", ""));

        await().until(() -> holds(job, "Complete"));
        assertEquals(1, pods(job).size());
    }

    @Test
    default void aRunningPodThatIsDeletedFailsItsJobAndAJobWaitsForItsPods() {
        var namespace = cluster().namespace();
        var cut = create(namespace, "cut", 0, TestCluster.pod("unused", "cut"));
        var held = create(namespace, "held", 0, TestCluster.pod("unused", "held"));
        var pod = cluster().ready(pod(cut));
        cluster().ready(pod(held));

        cluster().client.resource(pod).delete();
        cluster().client.resource(held).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        await().until(() -> holds(cut, "Failed"));
        assertEquals(1, status(cut).getFailed());
        assertTrue(pods(cut).isEmpty());
        await().until(() -> {
            boolean gone = cluster().client.resource(held).get() == null;
            assertTrue(!gone || pods(held).isEmpty(), "the Job went before its pod");
            return gone;
        });
    }

    @Test
    default void aRestartOfTheNodeEndsTheAttempt() {
        var namespace = cluster().namespace();
        var once = create(namespace, "once", 0, TestCluster.pod("unused", "once"));
        var twice = create(namespace, "twice", 1, TestCluster.pod("unused", "twice"));
        cluster().ready(pod(once));
        var first = cluster().ready(pod(twice));

        cluster().restart();

        await().atMost(Duration.ofSeconds(20)).until(() -> holds(once, "Failed"));
        assertEquals("NodeRestart", cluster().get(pod(once)).getStatus().getReason());
        await().until(() -> pods(twice).size() == 2);
        assertEquals("NodeRestart", cluster().get(first).getStatus().getReason());
        await().until(() -> Integer.valueOf(1).equals(status(twice).getFailed()));
        var second = pods(twice).stream()
                .filter(pod -> !pod.getMetadata().getUid().equals(first.getMetadata().getUid()))
                .findFirst()
                .orElseThrow();
        assertEquals("ending", cluster().ask(cluster().ready(second), "/end", ""));
        await().until(() -> holds(twice, "Complete"));
    }

    private static PodBuilder withVolumes() {
        return TestCluster.pod("unused", "work")
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim("data", false)
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
                .withName("data")
                .withMountPath("/var/data")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("keys")
                .withMountPath("/etc/keys")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("token")
                .withMountPath("/var/run/swarm")
                .endVolumeMount()
                .endContainer()
                .endSpec();
    }

    /** A Job of pods like that one, which are not started again unless it says so. */
    private Job create(String namespace, String name, int backoffLimit, PodBuilder pod) {
        var spec = pod.build().getSpec();
        spec.setRestartPolicy(Objects.requireNonNullElse(spec.getRestartPolicy(), "Never"));
        return cluster().client.resource(new JobBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(backoffLimit)
                .withNewTemplate()
                .withSpec(spec)
                .endTemplate()
                .endSpec()
                .build()).create();
    }

    private List<Pod> pods(Job job) {
        return cluster().client.pods()
                .inNamespace(job.getMetadata().getNamespace())
                .withLabel("job-name", job.getMetadata().getName())
                .list()
                .getItems();
    }

    private Pod pod(Job job) {
        return await().until(() -> pods(job), pods -> pods.size() == 1).getFirst();
    }

    private JobStatus status(Job job) {
        return cluster().client.resource(job).get().getStatus();
    }

    private boolean holds(Job job, String condition) {
        return status(job).getConditions()
                .stream()
                .anyMatch(one -> one.getType().equals(condition) && one.getStatus().equals("True"));
    }

    private ContainerStateTerminated terminated(Pod pod) {
        return cluster().get(pod).getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    }
}
