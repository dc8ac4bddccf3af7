package io.claudeflow.swarm.local.kubelet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of sets of pods and of what belongs to them, in both isolations. */
interface WorkloadContract {
    Duration LONG = Duration.ofSeconds(60);

    TestCluster cluster();

    @Test
    default void aStatefulSetHasNamesVolumesAndRollsFromTheTop() throws Exception {
        var namespace = cluster().namespace();
        service(namespace, "db", true);
        var set = cluster().client.resource(statefulSet(namespace, "db", 3, "one")).create();
        awaitReady(set, 3);

        var pods = pods(namespace, "db");
        assertEquals(List.of("db-0", "db-1", "db-2"), pods.stream().map(pod -> pod.getMetadata().getName()).toList());
        var addresses = pods.stream().map(pod -> pod.getStatus().getPodIP()).toList();
        await().until(() -> cluster().ask(pods.getFirst(), "/names", "db." + namespace + ".svc")
                .equals(String.join(",", addresses)));
        assertEquals(addresses.get(2),
                cluster().ask(pods.getFirst(), "/names", "db-2.db." + namespace + ".svc.cluster.local"));
        var claim = cluster().client.persistentVolumeClaims().inNamespace(namespace).withName("data-db-1").get();
        var volume = cluster().client.persistentVolumes().withName(claim.getSpec().getVolumeName()).get();
        Files.writeString(Path.of(volume.getSpec().getHostPath().getPath(), "note"), "kept");
        assertEquals("kept", cluster().ask(pods.get(1), "/file", "/var/data/note"));

        cluster().client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("db")
                .edit(latest -> new StatefulSetBuilder(latest).editSpec()
                        .withTemplate(template("db", "two"))
                        .endSpec()
                        .build());

        await().atMost(LONG).until(() -> {
            var status = cluster().client.resource(set).get().getStatus();
            return Integer.valueOf(3).equals(status.getUpdatedReplicas())
                    && Integer.valueOf(3).equals(status.getReadyReplicas())
                    && status.getCurrentRevision().equals(status.getUpdateRevision());
        });
        var after = pods(namespace, "db");
        assertEquals("two", cluster().ask(after.get(1), "/env", "VERSION"));
        assertEquals("kept", cluster().ask(after.get(1), "/file", "/var/data/note"));
        assertTrue(after.get(2)
                .getMetadata()
                .getCreationTimestamp()
                .compareTo(after.get(0).getMetadata().getCreationTimestamp()) <= 0);

        cluster().client.resource(set).scale(1);
        await().atMost(LONG).until(() -> pods(namespace, "db").size() == 1);
        assertEquals(3, cluster().client.persistentVolumeClaims().inNamespace(namespace).list().getItems().size());
    }

    @Test
    default void anOrderedStatefulSetStartsOneAfterTheOther() {
        var namespace = cluster().namespace();
        service(namespace, "row", true);
        var set = cluster().client.resource(statefulSet(namespace, "row", 2, "one").edit()
                .editSpec()
                .withPodManagementPolicy("OrderedReady")
                .withVolumeClaimTemplates(List.of())
                .endSpec()
                .build()).create();
        await().atMost(LONG).until(() -> {
            var pods = pods(namespace, "row");
            assertTrue(pods.size() < 2 || Readiness.isPodReady(pods.getFirst()), "row-1 came before row-0 was ready");
            return pods.size() == 2;
        });
        awaitReady(set, 2);

        cluster().client.resource(set).delete();

        await().atMost(LONG).until(() -> pods(namespace, "row").isEmpty());
    }

    @Test
    default void aDeploymentScalesAndRollsWithoutAGap() {
        var namespace = cluster().namespace();
        service(namespace, "web", false);
        var deployment = cluster().client.resource(deployment(namespace, "web", 2, "one")).create();
        awaitAvailable(deployment, 2);
        assertTrue(cluster().log(pods(namespace, "web").getFirst()).contains("hello from web"));

        cluster().client.resource(deployment).scale(3);
        awaitAvailable(deployment, 3);
        cluster().client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("web")
                .edit(latest -> new DeploymentBuilder(latest).editSpec()
                        .withTemplate(template("web", "two"))
                        .endSpec()
                        .build());

        await().atMost(LONG).until(() -> {
            int available = number(cluster().client.resource(deployment).get().getStatus().getAvailableReplicas());
            assertTrue(available >= 2, "only " + available + " available");
            return complete(deployment, 3);
        });
        await().atMost(LONG).until(() -> pods(namespace, "web").size() == 3);
        for (var pod : pods(namespace, "web")) {
            assertEquals("two", cluster().ask(pod, "/env", "VERSION"));
        }
        var slice = cluster().client.discovery().v1().endpointSlices().inNamespace(namespace).withName("web");
        await().until(() -> slice.get()
                .getEndpoints()
                .stream()
                .filter(endpoint -> endpoint.getConditions().getReady())
                .count() == 3);
        assertEquals(new TreeSet<>(pods(namespace, "web").stream().map(pod -> pod.getMetadata().getName()).toList()),
                slice.get()
                        .getEndpoints()
                        .stream()
                        .map(endpoint -> endpoint.getTargetRef().getName())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    default void deletingADeploymentDeletesItsPodsFirstWhenAskedTo() {
        var namespace = cluster().namespace();
        var deployment = cluster().client.resource(deployment(namespace, "web", 2, "one")).create();
        awaitAvailable(deployment, 2);

        cluster().client.resource(deployment).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        await().atMost(LONG).until(() -> {
            boolean left = !pods(namespace, "web").isEmpty();
            boolean gone = cluster().client.resource(deployment).get() == null;
            assertTrue(!gone || pods(namespace, "web").isEmpty(), "the Deployment went before its pods");
            return gone && !left;
        });
        assertTrue(cluster().client.apps().replicaSets().inNamespace(namespace).list().getItems().isEmpty());
    }

    @Test
    default void aNamespaceGoesWithAllThatRunsInIt() {
        var namespace = cluster().namespace();
        service(namespace, "db", true);
        var set = cluster().client.resource(statefulSet(namespace, "db", 1, "one")).create();
        var deployment = cluster().client.resource(deployment(namespace, "web", 1, "one")).create();
        awaitReady(set, 1);
        awaitAvailable(deployment, 1);

        cluster().client.namespaces().withName(namespace).delete();

        await().atMost(LONG).until(() -> cluster().client.namespaces().withName(namespace).get() == null);
    }

    private void service(String namespace, String name, boolean headless) {
        cluster().client.resource(new ServiceBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(headless ? "None" : null)
                .addToSelector("app", name)
                .withPublishNotReadyAddresses(headless)
                .addNewPort()
                .withName("http")
                .withPort(EchoApplication.PORT)
                .endPort()
                .endSpec()
                .build()).create();
    }

    private static PodTemplateSpec template(String app, String version) {
        var pod = TestCluster.pod("unused", app)
                .editSpec()
                .withTerminationGracePeriodSeconds(2L)
                .editFirstContainer()
                .addNewEnv()
                .withName("VERSION")
                .withValue(version)
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        if (app.equals("db")) {
            pod = pod.edit()
                    .editSpec()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName("data")
                    .withMountPath("/var/data")
                    .endVolumeMount()
                    .endContainer()
                    .endSpec()
                    .build();
        }
        return new PodTemplateSpecBuilder().withNewMetadata()
                .addToLabels("app", app)
                .endMetadata()
                .withSpec(pod.getSpec())
                .build();
    }

    private static StatefulSet statefulSet(String namespace, String name, int replicas, String version) {
        return new StatefulSetBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withServiceName(name)
                .withPodManagementPolicy("Parallel")
                .withSelector(new LabelSelectorBuilder().withMatchLabels(Map.of("app", name)).build())
                .withTemplate(template(name, version))
                .withVolumeClaimTemplates(new PersistentVolumeClaimBuilder().withNewMetadata()
                        .withName("data")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .endSpec()
                .build();
    }

    private static Deployment deployment(String namespace, String name, int replicas, String version) {
        return new DeploymentBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withSelector(new LabelSelectorBuilder().withMatchLabels(Map.of("app", name)).build())
                .withTemplate(template(name, version))
                .endSpec()
                .build();
    }

    private List<Pod> pods(String namespace, String app) {
        return cluster().client.pods()
                .inNamespace(namespace)
                .withLabel("app", app)
                .list()
                .getItems()
                .stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    private void awaitReady(StatefulSet set, int replicas) {
        await().atMost(LONG).until(() -> {
            var status = cluster().client.resource(set).get().getStatus();
            return status != null && Integer.valueOf(replicas).equals(status.getReadyReplicas());
        });
    }

    private void awaitAvailable(Deployment deployment, int replicas) {
        await().atMost(LONG).until(() -> complete(deployment, replicas));
    }

    private boolean complete(Deployment deployment, int replicas) {
        var latest = cluster().client.resource(deployment).get();
        var status = latest.getStatus();
        return status != null && Objects.equals(latest.getMetadata().getGeneration(), status.getObservedGeneration())
                && number(status.getUpdatedReplicas()) == replicas && number(status.getReplicas()) == replicas
                && number(status.getAvailableReplicas()) == replicas;
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
