package io.claudeflow.swarm.local.controllers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds of Jobs on either API server. There is no kubelet: the tests say what has become of pods. */
interface JobsContract {
    KubernetesClient client();

    /** A fresh namespace for each test. */
    String namespace();

    @Test
    default void aJobMakesItsPodAndCompletesWithIt() {
        var job = create(job("build", 0).editSpec().withTtlSecondsAfterFinished(3600).endSpec());
        var pod = onlyPod("build");
        var uid = job.getMetadata().getUid();
        assertTrue(pod.getMetadata().getName().matches("build-[a-z0-9]{5}"), pod.getMetadata().getName());
        var labels = pod.getMetadata().getLabels();
        assertEquals("build", labels.get("job-name"));
        assertEquals("build", labels.get("batch.kubernetes.io/job-name"));
        assertEquals(uid, labels.get("controller-uid"));
        assertEquals(uid, labels.get("batch.kubernetes.io/controller-uid"));
        assertEquals("tests", labels.get("app"));
        var owner = pod.getMetadata().getOwnerReferences().getFirst();
        assertEquals(List.of("batch/v1", "Job", "build", uid, true, true), List.of(owner.getApiVersion(),
                owner.getKind(), owner.getName(), owner.getUid(), owner.getController(),
                owner.getBlockOwnerDeletion()));
        assertEquals(List.of("batch.kubernetes.io/job-tracking"), pod.getMetadata().getFinalizers());
        await().until(() -> Integer.valueOf(1).equals(get("build").getStatus().getActive()));

        end(pod, "Succeeded");

        awaitEnd("build", "Complete", "CompletionsReached");
        var status = get("build").getStatus();
        assertEquals(1, status.getSucceeded());
        assertNull(status.getActive());
        assertNull(status.getFailed());
        assertEquals(List.of(0, 0), List.of(status.getReady(), status.getTerminating()));
        assertNotNull(status.getCompletionTime());
        assertEquals(Set.of("SuccessCriteriaMet", "Complete"),
                status.getConditions().stream().map(condition -> condition.getType()).collect(Collectors.toSet()));
        assertEquals(List.of(), onlyPod("build").getMetadata().getFinalizers());
        await().until(() -> reasons("build").containsAll(List.of("SuccessfulCreate", "Completed")));

        client().resource(job).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
        await().until(() -> pods("build").isEmpty());
    }

    @Test
    default void aPodDeletedByHandIsAFailure() {
        create(job("cut", 0));
        client().resource(onlyPod("cut")).delete();

        awaitEnd("cut", "Failed", "BackoffLimitExceeded");
        assertEquals(1, get("cut").getStatus().getFailed());
        assertNull(get("cut").getStatus().getCompletionTime());
        assertTrue(pods("cut").isEmpty());
        await().until(() -> reasons("cut").contains("BackoffLimitExceeded"));
        assertEquals(1, reasons("cut").stream().filter("SuccessfulCreate"::equals).count());
    }

    @Test
    default void failedPodsAreFollowedUpToTheLimit() {
        create(job("retried", 1));
        end(onlyPod("retried"), "Failed");
        await().until(() -> pods("retried").size() == 2);
        await().until(() -> Integer.valueOf(1).equals(get("retried").getStatus().getFailed()));

        pods("retried").stream().filter(Templates::active).forEach(pod -> end(pod, "Failed"));

        awaitEnd("retried", "Failed", "BackoffLimitExceeded");
        assertEquals(2, get("retried").getStatus().getFailed());
        assertEquals(2, pods("retried").size());
    }

    @Test
    default void manyPodsRunUntilEnoughHaveSucceeded() {
        create(job("many", 0).editSpec().withCompletions(3).withParallelism(2).endSpec());
        await().until(() -> pods("many").size() == 2);
        pods("many").forEach(pod -> end(pod, "Succeeded"));
        await().until(() -> pods("many").size() == 3);
        pods("many").stream().filter(Templates::active).forEach(pod -> end(pod, "Succeeded"));

        awaitEnd("many", "Complete", "CompletionsReached");
        assertEquals(3, get("many").getStatus().getSucceeded());
    }

    @Test
    default void aSuspendedJobHasNoPods() {
        create(job("later", 0).editSpec().withSuspend(true).endSpec());
        await().until(() -> condition("later", "Suspended").equals("True/JobSuspended"));
        assertNull(get("later").getStatus().getStartTime());
        assertTrue(pods("later").isEmpty());

        suspend("later", false);
        await().until(() -> condition("later", "Suspended").equals("False/JobResumed"));
        assertNotNull(get("later").getStatus().getStartTime());
        onlyPod("later");

        suspend("later", true);
        await().until(() -> condition("later", "Suspended").equals("True/JobSuspended"));
        await().until(() -> pods("later").isEmpty());
        await().until(() -> Integer.valueOf(0).equals(get("later").getStatus().getTerminating()));
        assertNull(get("later").getStatus().getFailed());
        suspend("later", false);
        end(onlyPod("later"), "Succeeded");
        awaitEnd("later", "Complete", "CompletionsReached");
    }

    @Test
    default void aJobOutlivesNeitherItsDeadlineNorItsTimeToLive() {
        create(job("slow", 3).editSpec().withActiveDeadlineSeconds(1L).endSpec());

        awaitEnd("slow", "Failed", "DeadlineExceeded");
        assertEquals(1, get("slow").getStatus().getFailed());

        change("slow", "{\"spec\":{\"ttlSecondsAfterFinished\":0}}");
        await().until(() -> get("slow") == null);
        assertTrue(reasons("slow").containsAll(List.of("SuccessfulDelete", "DeadlineExceeded")));
    }

    @Test
    default void inTheForegroundPodsGoFirst() {
        var job = create(job("held", 0));
        var pod = onlyPod("held");
        finalizers(pod, "[\"test.example.org/hold\",\"batch.kubernetes.io/job-tracking\"]");

        client().resource(job).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        await().until(() -> {
            var meta = onlyPod("held").getMetadata();
            return meta.getDeletionTimestamp() != null && meta.getFinalizers().size() == 1;
        });
        assertEquals(List.of("foregroundDeletion"), get("held").getMetadata().getFinalizers());
        assertEquals("none", condition("held", "FailureTarget"));
        finalizers(pod, "[]");
        await().until(() -> get("held") == null && pods("held").isEmpty());
    }

    @Test
    default void orphanedPodsStayAndAreTrackedNoLonger() {
        var job = create(job("left", 0));
        onlyPod("left");

        client().resource(job).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

        await().until(() -> get("left") == null);
        await().until(() -> {
            var meta = onlyPod("left").getMetadata();
            return meta.getFinalizers().isEmpty() && meta.getOwnerReferences().isEmpty();
        });
        assertNull(onlyPod("left").getMetadata().getDeletionTimestamp());
    }

    @Test
    default void whatIsNotSupportedIsSaid() {
        create(job("indexed", 0).editSpec().withCompletions(2).withCompletionMode("Indexed").endSpec());

        await().until(() -> reasons("indexed").contains("NotSupported"));
        assertTrue(pods("indexed").isEmpty());
    }

    private static JobBuilder job(String name, int backoffLimit) {
        return new JobBuilder().withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(backoffLimit)
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "tests")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec();
    }

    private Job create(JobBuilder job) {
        // Without its service account no pod can be made, and that would be tried again later and later.
        await().until(() -> client().serviceAccounts().inNamespace(namespace()).withName("default").get() != null);
        return client().batch().v1().jobs().inNamespace(namespace()).resource(job.build()).create();
    }

    private Job get(String name) {
        return client().batch().v1().jobs().inNamespace(namespace()).withName(name).get();
    }

    private void suspend(String name, boolean suspended) {
        change(name, "{\"spec\":{\"suspend\":" + suspended + "}}");
    }

    private void change(String name, String patch) {
        client().batch()
                .v1()
                .jobs()
                .inNamespace(namespace())
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private List<Pod> pods(String job) {
        return client().pods()
                .inNamespace(namespace())
                .withLabel("batch.kubernetes.io/job-name", job)
                .list()
                .getItems();
    }

    private Pod onlyPod(String job) {
        return await().until(() -> pods(job), pods -> pods.size() == 1).getFirst();
    }

    private void finalizers(Pod pod, String list) {
        client().resource(pod)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":" + list + "}}");
    }

    private void end(Pod pod, String phase) {
        var code = phase.equals("Succeeded") ? 0 : 1;
        client().pods()
                .inNamespace(namespace())
                .withName(pod.getMetadata().getName())
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status":{"phase":"%s","containerStatuses":[{"name":"main","image":"none","imageID":"",
                        "ready":false,"restartCount":0,"state":{"terminated":{"exitCode":%d,"finishedAt":"%s"}}}]}}
                        """.formatted(phase, code, JobConditions.seconds(Instant.now())));
    }

    private String condition(String job, String type) {
        var status = get(job).getStatus();
        return status == null
                ? "none"
                : JobConditions.find(status, type)
                        .map(condition -> condition.getStatus() + "/" + condition.getReason())
                        .orElse("none");
    }

    private void awaitEnd(String job, String type, String reason) {
        await().until(() -> condition(job, type).equals("True/" + reason));
    }

    private List<String> reasons(String job) {
        return client().v1()
                .events()
                .inNamespace(namespace())
                .list()
                .getItems()
                .stream()
                .filter(event -> "Job".equals(event.getInvolvedObject().getKind())
                        && Objects.equals(job, event.getInvolvedObject().getName()))
                .map(event -> event.getReason())
                .toList();
    }
}
