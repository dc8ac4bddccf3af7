package io.claudeflow.swarm.operator;

import static io.claudeflow.swarm.operator.Said.said;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmMemory;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.cluster.MeshStatus;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.Phase;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both operators, each with the rights that it really has, on a real API server; the hive-mind's side of the bus in memory, and
 * no kubelet: pods exist, but nothing runs in them.
 */
@EnabledIfEnvironmentVariable(named = KubeFixture.VARIABLE, matches = ".+", disabledReason = KubeFixture.SKIPPED)
class MeshOperatorIT {
    private static final String SWARM = "research-swarm";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;
    private static KubeFixture kube;
    private static KubernetesClient admin;
    private static Vertx clusterVertx;
    private static OperatorApplication clusterOperator;
    private String namespace;
    private Vertx vertx;
    private FakeHivemind hivemind;
    private OperatorApplication operator;
    private SwarmCluster cluster;

    @BeforeAll
    static void startClusterOperator() throws Exception {
        kube = KubeFixture.get();
        admin = kube.admin;
        clusterVertx = Vertx.vertx();
        clusterOperator = start(clusterVertx, "swarm-operator-2", "swarm-system", "swarm-operator",
                Map.of(OperatorVariables.ROLE, "cluster"));
    }

    @AfterAll
    static void stopClusterOperator() throws Exception {
        stop(clusterOperator, Duration.ofSeconds(10));
        clusterVertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void startSwarm() throws Exception {
        namespace = kube.namespace();
        kube.example("hivemind-cluster.yaml", namespace);
        await().atMost(SOON)
                .until(() -> agents().size() == 3 && admin.rbac()
                        .roleBindings()
                        .inNamespace(namespace)
                        .withName(SWARM + "-mesh-operator")
                        .get() != null);
        cluster = admin.resources(SwarmCluster.class).inNamespace(namespace).withName(SWARM).get();
        vertx = Vertx.vertx();
        hivemind = new FakeHivemind(vertx, cluster.getMetadata().getUid(), 3);
        hivemind.open();
        operator = startMeshOperator("mesh-1");
    }

    @AfterEach
    void stopSwarm() throws Exception {
        stop(operator, Duration.ofSeconds(10));
        hivemind.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private OperatorApplication startMeshOperator(String pod) throws Exception {
        return start(vertx, pod, namespace, SWARM + "-mesh-operator",
                Map.of(OperatorVariables.ROLE, "mesh", MeshVariables.CLUSTER, SWARM, MeshVariables.CLUSTER_UID,
                        cluster.getMetadata().getUid()));
    }

    private static OperatorApplication start(Vertx vertx, String pod, String namespace, String account,
            Map<String, String> variables) throws Exception {
        var environment = kube.pod(Files.createTempDirectory(folder, pod), pod, namespace, account, variables);
        var application = (OperatorApplication) OperatorApplication.create(environment, vertx);
        application.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return application;
    }

    private static void stop(OperatorApplication application, Duration deadline) throws Exception {
        application.stop(deadline).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aSwarmComesAliveAndIsReady() {
        await().atMost(SOON).until(() -> pods().size() == 3);
        var pod = pods().getFirst();
        assertEquals(cluster.getMetadata().getUid(), pod.getSpec()
                .getVolumes()
                .getFirst()
                .getProjected()
                .getSources()
                .getFirst()
                .getServiceAccountToken()
                .getAudience());
        ready();
        var trust = hivemind.received(HivemindCommand.TrustUpdate.class).getFirst();
        assertTrue(trust.jwks().contains("\"keys\""));
        assertEquals(List.of(SWARM + "-agent", SWARM + "-user", SWARM + "-job"),
                List.of(trust.serviceAccount(), trust.userAccount(), trust.jobAccount()));
        assertNotNull(hivemind.received(HivemindCommand.DeclareAgents.class).getFirst().asOf());
        assertEquals(1, hivemind.received(HivemindCommand.SweepTasks.class).size());
        assertEquals(SWARM + "-hivemind-1 " + SWARM + "-coder-0", mesh().leader() + " " + mesh().queen());
        assertEquals(Map.of("coder", 1, "coordinator", 1, "researcher", 1), mesh().connectedAgents());
        assertTrue(agents().stream().allMatch(agent -> Boolean.TRUE.equals(agent.getStatus().connected())));
        assertTrue(events().contains("LeaderChanged") && events().contains("Connected"));
        quiet();
        long writes = operator.apiWrites();
        agents().forEach(agent -> patch(agent, "{\"metadata\":{\"annotations\":{\"touched\":\"yes\"}}}"));
        quiet();
        assertEquals(writes, operator.apiWrites());
    }

    @Test
    void aTaskGoesToTheLedgerAndItsEndComesBack() {
        ready();
        var uid = apply(task("count", "task: wc -l *", "parameters: {FILE: a}", "priority: high").replace("name: count",
                "name: count, labels: {swarm.claudeflow.io/submitter: team-a}"));
        await().atMost(SOON).until(() -> hivemind.tasks().contains(uid));
        var spec = requireNonNull(hivemind.spec(uid));
        assertEquals(75, spec.priority());
        assertEquals(Map.of("FILE", "a"), spec.parameters());
        await().atMost(SOON).until(() -> phase("count") == Phase.PENDING);
        assertEquals(cluster.getMetadata().getUid(), status("count").clusterUid());
        hivemind.run(uid, SWARM + "-coder-0");
        await().atMost(SOON).until(() -> phase("count") == Phase.RUNNING);
        await().atMost(SOON).until(() -> Integer.valueOf(1).equals(agent(SWARM + "-coder-0").getStatus().running()));
        hivemind.progress(uid, 40);
        await().atMost(SOON).until(() -> Integer.valueOf(40).equals(status("count").progress()));
        hivemind.finish(uid, 0, "42");
        await().atMost(SOON).until(() -> phase("count") == Phase.COMPLETED);
        var end = status("count");
        assertEquals("42", end.result());
        assertEquals(0, end.exitCode());
        assertEquals(List.of(SWARM + "-coder-0"), end.assignedAgents());
        assertEquals("True/Completed", said(end.conditions(), "Complete"));
        assertEquals("False/Completed", said(end.conditions(), "Failed"));
        await().atMost(SOON).until(() -> !hivemind.tasks().contains(uid));
        await().atMost(SOON).until(() -> events().contains("Completed"));

        quiet();
        long writes = operator.apiWrites();
        patch(taskOf("count"), "{\"metadata\":{\"annotations\":{\"touched\":\"yes\"}}}");
        quiet();
        assertEquals(writes, operator.apiWrites());
        assertEquals(1, hivemind.received(HivemindCommand.SubmitTask.class).size());
        assertEquals("swarmtasks/team-a", hivemind.received(HivemindCommand.SubmitTask.class).getFirst().submitter());
    }

    @Test
    void aTaskThatEndsAtOnceCostsTwoWrites() {
        ready();
        quiet();
        long writes = operator.apiWrites();
        var uid = apply(task("brief", "task: 'true'"));
        await().atMost(SOON).until(() -> hivemind.tasks().contains(uid));
        hivemind.run(uid, SWARM + "-coder-0");
        hivemind.finish(uid, 0, "");
        await().atMost(SOON).until(() -> phase("brief") == Phase.COMPLETED);
        quiet();
        assertEquals(2, operator.apiWrites() - writes, "its status and the Event of its end");
    }

    @Test
    void cancelAndDeleteReachTheLedger() {
        ready();
        var cancelled = apply(task("cancelled", "task: sleep 1000"));
        var deleted = apply(task("deleted", "task: sleep 1000"));
        await().atMost(SOON).until(() -> hivemind.tasks().contains(cancelled) && hivemind.tasks().contains(deleted));
        patch(taskOf("cancelled"), "{\"spec\":{\"cancel\":true}}");
        await().atMost(SOON).until(() -> phase("cancelled") == Phase.CANCELLED);
        assertEquals("True/Cancelled", said(status("cancelled").conditions(), "Failed"));
        admin.resource(taskOf("deleted")).delete();
        await().atMost(SOON).until(() -> hivemind.cancelled(deleted));
        await().atMost(SOON).until(() -> hivemind.tasks().isEmpty());
    }

    @Test
    void whatThisReleaseCannotRunSaysSo() {
        ready();
        kube.example("deploy-infrastructure-task.yaml", namespace);
        kube.example("research-findings-memory.yaml", namespace);
        apply(task("vote", "task: echo hi", "strategy: consensus"));
        await().atMost(SOON)
                .until(() -> status("vote") != null
                        && said(status("vote").conditions(), "Accepted").equals("False/NotAvailable"));
        assertEquals(Phase.PENDING, phase("vote"));
        await().atMost(SOON)
                .until(() -> phase("deploy-infrastructure") == Phase.PENDING
                        && said(status("deploy-infrastructure").conditions(), "Accepted").equals("True/Submitted"));
        await().atMost(SOON).until(() -> {
            var memory = admin.resources(SwarmMemory.class).inNamespace(namespace).withName("research-findings").get();
            return memory.getStatus() != null
                    && said(memory.getStatus().conditions(), "Ready").equals("False/NotAvailable");
        });
    }

    @Test
    void anotherMeshOperatorTakesOverWhatTheFirstLeft() throws Exception {
        ready();
        var uid = apply(task("long", "task: sleep 1000"));
        var orphan = apply(task("orphan", "task: sleep 1000"));
        await().atMost(SOON).until(() -> hivemind.tasks().contains(uid) && hivemind.tasks().contains(orphan));
        stop(operator, Duration.ofSeconds(10));
        hivemind.run(uid, SWARM + "-coder-0");
        hivemind.finish(uid, 3, "");
        admin.resource(taskOf("orphan")).delete();
        operator = startMeshOperator("mesh-2");
        await().atMost(SOON).until(() -> phase("long") == Phase.FAILED);
        assertEquals("True/ExitCode", said(status("long").conditions(), "Failed"));
        await().atMost(SOON).until(() -> hivemind.tasks().isEmpty());
    }

    @Test
    void followsTheLeaderAndNoticesItsSilence() {
        ready();
        hivemind.elect(2);
        await().atMost(SOON).until(() -> (SWARM + "-hivemind-2").equals(mesh().leader()));
        var uid = apply(task("after", "task: 'true'"));
        await().atMost(SOON).until(() -> hivemind.tasks().contains(uid));
        hivemind.close();
        await().atMost(SOON)
                .until(() -> said(cluster().getStatus().conditions(), "HiveMindReady").equals("False/NoLeader"));
        await().atMost(SOON).until(() -> said(cluster().getStatus().conditions(), "Degraded").equals("True/NoLeader"));
    }

    @Test
    void theLedgerIsToldWhatTheSpecAsksOfIt() {
        ready();
        assertEquals("[3] [HIERARCHICAL]", asked());
        patch(cluster(), "{\"spec\":{\"topology\":\"star\",\"hiveMind\":{\"replicas\":5}}}");
        await().atMost(SOON).until(() -> asked().equals("[3, 5] [HIERARCHICAL, STAR]"));
    }

    private String asked() {
        return hivemind.received(HivemindCommand.SetMembership.class).stream().map(one -> one.replicas()).toList() + " "
                + hivemind.received(HivemindCommand.SetTopology.class).stream().map(one -> one.topology()).toList();
    }

    @Test
    void aLostPodIsRevokedAndMadeAgain() {
        ready();
        var name = SWARM + "-coder-0";
        var before = podUid(name);
        admin.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
        await().atMost(SOON).until(() -> !podUid(name).isEmpty() && !podUid(name).equals(before));
        var after = podUid(name);
        declared(agent -> agent.podUid().equals(after));
        patch(agent(name), "{\"spec\":{\"maxConcurrentTasks\":4}}");
        declared(agent -> agent.podUid().equals(after) && agent.maxConcurrentTasks() == 4);
        assertEquals(after, podUid(name));
    }

    @Test
    void theEndOfTheSwarmReleasesItsTasks() {
        ready();
        var uid = apply(task("unfinished", "task: sleep 1000"));
        var done = apply(task("done", "task: 'true'"));
        await().atMost(SOON).until(() -> hivemind.tasks().contains(uid) && hivemind.tasks().contains(done));
        hivemind.finish(done, 0, "ok");
        await().atMost(SOON).until(() -> phase("done") == Phase.COMPLETED && status("unfinished") != null);
        admin.resource(cluster()).delete();
        await().atMost(SOON).until(() -> !hivemind.received(HivemindCommand.DrainSwarm.class).isEmpty());
        assertEquals(Phase.PENDING, phase("unfinished"));
        hivemind.drained();
        await().atMost(SOON).until(() -> cluster() == null);
        assertEquals("False/ClusterDeleted", said(status("unfinished").conditions(), "ClusterResolved"));
        assertEquals(null, status("unfinished").clusterUid());
        assertEquals(Phase.COMPLETED, phase("done"));
    }

    /** A leader, everybody connected, a Deployment's controller that counts the pod that this test is. */
    private void ready() {
        await().atMost(SOON).until(() -> pods().size() == 3);
        hivemind.elect(1);
        await().atMost(SOON).until(() -> hivemind.agents().size() == 3);
        hivemind.connectAll();
        admin.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(SWARM + "-operator")
                .editStatus(deployment -> deployment
                        .edit()
                        .withNewStatus()
                        .withReplicas(1)
                        .withReadyReplicas(1)
                        .withAvailableReplicas(1)
                        .endStatus()
                        .build());
        await().atMost(SOON).until(() -> said(cluster().getStatus().conditions(), "Ready").equals("True/AllReady"));
        await().atMost(SOON)
                .until(() -> agents().stream()
                        .allMatch(agent -> agent.getStatus() != null
                                && Boolean.TRUE.equals(agent.getStatus().connected())));
    }

    private void patch(HasMetadata object, String merge) {
        admin.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    private void declared(Predicate<AgentDeclaration> wanted) {
        await().atMost(SOON).until(() -> hivemind.agents().values().stream().anyMatch(wanted));
    }

    private void quiet() {
        var last = new AtomicLong(-1);
        await().atMost(SOON)
                .during(Duration.ofSeconds(1))
                .until(() -> last.getAndSet(operator.apiWrites()) == operator.apiWrites());
    }

    private static String task(String name, String... spec) {
        var head = "apiVersion: swarm.claudeflow.io/v1alpha1\nkind: SwarmTask\nmetadata: {name: %s}\nspec:\n  ";
        return head.formatted(name) + String.join("\n  ", spec) + "\n";
    }

    /** Applies and gives the UID. */
    private String apply(String yaml) {
        return admin.resource(yaml).inNamespace(namespace).serverSideApply().getMetadata().getUid();
    }

    private SwarmCluster cluster() {
        return admin.resources(SwarmCluster.class).inNamespace(namespace).withName(SWARM).get();
    }

    private MeshStatus mesh() {
        return requireNonNull(cluster().getStatus().mesh());
    }

    private List<SwarmAgent> agents() {
        return admin.resources(SwarmAgent.class).inNamespace(namespace).list().getItems();
    }

    private SwarmAgent agent(String name) {
        return admin.resources(SwarmAgent.class).inNamespace(namespace).withName(name).get();
    }

    private String podUid(String name) {
        var pod = admin.pods().inNamespace(namespace).withName(name).get();
        return pod == null ? "" : pod.getMetadata().getUid();
    }

    private List<Pod> pods() {
        return admin.pods().inNamespace(namespace).list().getItems();
    }

    private List<String> events() {
        return admin.v1().events().inNamespace(namespace).list().getItems().stream().map(Event::getReason).toList();
    }

    private SwarmTask taskOf(String name) {
        return admin.resources(SwarmTask.class).inNamespace(namespace).withName(name).get();
    }

    private SwarmTaskStatus status(String name) {
        return taskOf(name).getStatus();
    }

    private @Nullable Phase phase(String name) {
        return status(name) == null ? null : status(name).phase();
    }
}
