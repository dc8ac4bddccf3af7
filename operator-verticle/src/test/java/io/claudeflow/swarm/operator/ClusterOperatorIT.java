package io.claudeflow.swarm.operator;

import static io.claudeflow.swarm.operator.Said.said;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.cluster.MeshStatus;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus;
import io.claudeflow.swarm.operator.adapter.kube.Apply;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.identity.Labels;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The cluster operator with its own manifests' rights, on a real API server without controllers. */
@EnabledIfEnvironmentVariable(named = KubeFixture.VARIABLE, matches = ".+", disabledReason = KubeFixture.SKIPPED)
class ClusterOperatorIT {
    private static final String SWARM = "research-swarm";

    @TempDir
    private static Path mountRoot;
    private static Vertx vertx;
    private static OperatorApplication operator;
    private static KubeFixture kube;
    private static KubernetesClient admin;
    private String namespace;

    @BeforeAll
    static void startOperator() throws Exception {
        kube = KubeFixture.get();
        admin = kube.admin;
        vertx = Vertx.vertx();
        var environment = kube.pod(mountRoot, "swarm-operator-1", "swarm-system", "swarm-operator",
                Map.of(OperatorVariables.ROLE, "cluster"));
        operator = (OperatorApplication) OperatorApplication.create(environment, vertx);
        operator.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stopOperator() throws Exception {
        if (operator != null) {
            operator.stop(Duration.ofSeconds(10)).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void openNamespace() {
        namespace = kube.namespace();
    }

    @Test
    void rendersTheSwarmAndWritesNothingOnASecondReconcile() {
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> crew().equals(
                        Map.of("coordinator", 1, "researcher", 1, "coder", 1)));
        await().until(() -> Integer.valueOf(3).equals(cluster().getSpec().replicas()));
        assertEquals(3, admin.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(SWARM + "-hivemind")
                .get()
                .getSpec()
                .getReplicas());
        var group = group();
        assertEquals(cluster().getMetadata().getUid(), group.get("groupId"));
        assertEquals("Founding", group.get("state"));
        await().until(() -> condition("MemoryReady").equals("False/NotAvailable"));
        assertEquals("False/Starting", condition("Ready"));

        await().atMost(Duration.ofSeconds(20)).during(Duration.ofSeconds(1)).until(this::quiet);
        long writes = operator.apiWrites();
        touch();
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .until(() -> operator.apiWrites() == writes);
    }

    private long lastWrites = -1;

    private boolean quiet() {
        long now = operator.apiWrites();
        boolean same = now == lastWrites;
        lastWrites = now;
        return same;
    }

    @Test
    void isReadyWhenTheMeshSaysSoAndFollowsKubectlScale() {
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(20)).until(() -> crew().size() == 3);
        meshOperatorRuns();
        report(true, null);
        await().atMost(Duration.ofSeconds(10)).until(() -> condition("Ready").equals("True/AllReady"));
        await().until(() -> "Established".equals(group().get("state")));

        admin.resources(SwarmCluster.class).inNamespace(namespace).withName(SWARM).scale(10);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> crew().equals(
                        Map.of("coordinator", 1, "researcher", 3, "coder", 4, "analyst", 2)));
        await().until(() -> condition("Ready").equals("False/WaitingForAgents"));
        report(true, null);
        await().atMost(Duration.ofSeconds(10)).until(() -> condition("Ready").equals("True/AllReady"));

        admin.resources(SwarmCluster.class).inNamespace(namespace).withName(SWARM).scale(4);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> crew().equals(
                        Map.of("coordinator", 1, "researcher", 1, "coder", 1, "analyst", 1)));
        assertTrue(agents().stream().allMatch(agent -> agent.getMetadata().getName().endsWith("-0")));
    }

    @Test
    void lostLeaderIsDegraded() {
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(20)).until(() -> crew().size() == 3);
        meshOperatorRuns();
        report(true, null);
        await().atMost(Duration.ofSeconds(10)).until(() -> condition("Ready").equals("True/AllReady"));
        await().until(() -> "Established".equals(group().get("state")));
        report(false, null);
        await().atMost(Duration.ofSeconds(10)).until(() -> condition("Degraded").equals("True/NoLeader"));
        assertEquals("False/WaitingForHiveMind", condition("Ready"));
    }

    @Test
    void deletionWaitsForTheDrainAndThenLetsGo() {
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(20)).until(() -> crew().size() == 3);
        meshOperatorRuns();
        report(true, null);
        admin.resource(cluster()).delete();
        await().atMost(Duration.ofSeconds(10)).until(() -> condition("Ready").equals("False/Draining"));
        report(true, MeshStatus.Drain.DRAINED);
        await().atMost(Duration.ofSeconds(10)).until(() -> cluster() == null);
    }

    @Test
    void deletionLetsGoAtItsDeadline() {
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(20)).until(() -> crew().size() == 3);
        admin.resources(SwarmCluster.class)
                .inNamespace(namespace)
                .withName(SWARM)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"drainTimeout\":\"1s\"}}");
        report(true, null);
        admin.resource(cluster()).delete();
        await().atMost(Duration.ofSeconds(10)).until(() -> cluster() == null);
    }

    @Test
    void oneThatNeverRanGoesAtOnceAndCanBeAppliedAgain() {
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(20)).until(() -> crew().size() == 3);
        admin.resource(cluster()).delete();
        await().atMost(Duration.ofSeconds(10)).until(() -> cluster() == null);

        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(10)).until(() -> message("Ready").contains("of an earlier SwarmCluster"));
        assertEquals("False/AsExpected", condition("Degraded"));
        removeWhatHasNoOwnerAnyMore();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> condition("Ready").equals("False/Starting")
                        && !message("Ready").contains("earlier"));
        assertEquals(cluster().getMetadata().getUid(), group().get("groupId"));
        await().atMost(Duration.ofSeconds(20)).until(() -> crew().size() == 3);
        assertTrue(agents().stream().allMatch(agent -> agent.getMetadata().getName().endsWith("-0")));
    }

    /** What the garbage collector would do. */
    private void removeWhatHasNoOwnerAnyMore() {
        var uid = cluster().getMetadata().getUid();
        for (var kind : List.<Class<? extends HasMetadata>>of(StatefulSet.class, Deployment.class, Service.class,
                ConfigMap.class, Secret.class, ServiceAccount.class, Role.class, RoleBinding.class,
                PodDisruptionBudget.class, SwarmAgent.class)) {
            admin.resources(kind)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream()
                    .filter(object -> object.getMetadata()
                            .getOwnerReferences()
                            .stream()
                            .anyMatch(owner -> !owner.getUid().equals(uid)))
                    .forEach(object -> admin.resource(object).delete());
        }
    }

    @Test
    void aNamespaceThatEndsTakesItsSwarmWithIt() {
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(20)).until(() -> crew().size() == 3);
        admin.namespaces().withName(namespace).delete();
        admin.resource(cluster()).delete();
        admin.apps().statefulSets().inNamespace(namespace).withName(SWARM + "-hivemind").delete();
        await().atMost(Duration.ofSeconds(10)).until(() -> cluster() == null);
    }

    @Test
    void somebodyElsesObjectIsNotTouched() {
        admin.resource(new ServiceBuilder().withNewMetadata()
                .withName(SWARM + "-mesh")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build()).create();
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(20)).until(() -> condition("Ready").equals("False/NameTaken"));
        assertEquals(80, admin.services()
                .inNamespace(namespace)
                .withName(SWARM + "-mesh")
                .get()
                .getSpec()
                .getPorts()
                .getFirst()
                .getPort());
        admin.services().inNamespace(namespace).withName(SWARM + "-mesh").delete();
        touch();
        await().atMost(Duration.ofSeconds(20)).until(() -> condition("Ready").equals("False/Starting"));
    }

    @Test
    void saysWhyNobodyHasTakenATask() {
        kube.example("deploy-infrastructure-task.yaml", namespace);
        await().atMost(Duration.ofSeconds(10)).until(() -> taskCondition().equals("False/NoCluster"));
        kube.example("hivemind-cluster.yaml", namespace);
        kube.example("paper-analyzer-cluster.yaml", namespace);
        await().atMost(Duration.ofSeconds(10)).until(() -> taskCondition().equals("False/Ambiguous"));
    }

    @Test
    void releasesTheTasksOfAClusterThatIsGone() {
        kube.example("deploy-infrastructure-task.yaml", namespace);
        var task = new SwarmTask();
        task.setMetadata(new ObjectMetaBuilder().withName("deploy-infrastructure").withNamespace(namespace).build());
        task.setStatus(io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.builder()
                .phase(io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.Phase.RUNNING)
                .attempts(1)
                .clusterUid("00000000-0000-0000-0000-000000000000")
                .build());
        admin.resource(task).subresource("status").patch(Apply.as(Labels.MESH_OPERATOR));
        await().atMost(Duration.ofSeconds(10)).until(() -> taskCondition().equals("False/ClusterDeleted"));
        var status = task().getStatus();
        assertEquals(null, status.clusterUid());
        assertEquals(io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.Phase.PENDING, status.phase());
    }

    private void touch() {
        admin.resources(SwarmCluster.class)
                .inNamespace(namespace)
                .withName(SWARM)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"touched\":\"yes\"}}}");
    }

    private Map<String, String> group() {
        return admin.configMaps().inNamespace(namespace).withName(SWARM + "-hivemind-group").get().getData();
    }

    private SwarmCluster cluster() {
        return admin.resources(SwarmCluster.class).inNamespace(namespace).withName(SWARM).get();
    }

    private SwarmTask task() {
        return admin.resources(SwarmTask.class).inNamespace(namespace).withName("deploy-infrastructure").get();
    }

    private List<SwarmAgent> agents() {
        return admin.resources(SwarmAgent.class).inNamespace(namespace).list().getItems();
    }

    private Map<String, Integer> crew() {
        return agents().stream()
                .collect(Collectors.toMap(agent -> agent.getSpec().type(), _ -> 1, Integer::sum,
                        TreeMap::new));
    }

    private String condition(String type) {
        var cluster = cluster();
        return cluster == null || cluster.getStatus() == null ? "" : said(cluster.getStatus().conditions(), type);
    }

    private String message(String type) {
        var cluster = cluster();
        return cluster == null || cluster.getStatus() == null
                ? ""
                : Conditions.find(cluster.getStatus().conditions(), type).map(Condition::getMessage).orElse("");
    }

    private String taskCondition() {
        var status = task().getStatus();
        return status == null ? "" : said(status.conditions(), Catalogue.CLUSTER_RESOLVED);
    }

    /** What the Deployment's controller would say. */
    private void meshOperatorRuns() {
        var its = admin.apps().deployments().inNamespace(namespace).withName(SWARM + "-operator");
        await().until(() -> its.get() != null);
        its.editStatus(deployment -> deployment
                .edit()
                .withNewStatus()
                .withReplicas(1)
                .withReadyReplicas(1)
                .withAvailableReplicas(1)
                .endStatus()
                .build());
    }

    /** What the mesh operator would say. */
    private void report(boolean leader, MeshStatus.@org.jspecify.annotations.Nullable Drain drain) {
        var now = cluster();
        var facts = List.of(
                leader
                        ? Fact.yes(Catalogue.HIVEMIND_READY, Catalogue.QUORUM, "")
                        : Fact.no(Catalogue.HIVEMIND_READY, Catalogue.NO_LEADER, ""),
                Fact.yes(Catalogue.AGENTS_READY, Catalogue.CONNECTED, ""));
        var patch = new SwarmCluster();
        patch.setMetadata(new ObjectMetaBuilder().withName(SWARM).withNamespace(namespace).build());
        patch.setStatus(SwarmClusterStatus.builder()
                .mesh(new MeshStatus(leader ? SWARM + "-hivemind-0" : null, null, 1L, 1L,
                        List.of(SWARM + "-hivemind-0", SWARM + "-hivemind-1", SWARM + "-hivemind-2"), Map.of(), drain))
                .conditions(Conditions.of(facts, List.of(), now.getMetadata().getGeneration(), Instant.now()))
                .build());
        admin.resource(patch).subresource("status").patch(Apply.as(Labels.MESH_OPERATOR));
    }
}
