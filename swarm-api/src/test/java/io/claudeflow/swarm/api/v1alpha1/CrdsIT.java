package io.claudeflow.swarm.api.v1alpha1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskSpec;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real API server takes the definitions, keeps what is valid whole, and refuses the rest with our sentences. */
@EnabledIfEnvironmentVariable(named = "KUBE_API_TEST_DIR", matches = ".+", //
        disabledReason = "needs a real kube-apiserver: set KUBE_API_TEST_DIR to a folder that holds etcd,"
                + " kube-apiserver and kubectl in k8s/<version>-<platform>")
class CrdsIT {
    private static final KubeAPIServer SERVER = new KubeAPIServer(
            KubeAPIServerConfigBuilder.anAPIServerConfig().withOfflineMode(true).build());
    private static final String OPERATOR_HA = "operator-ha.yaml";
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        SERVER.start();
        client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(SERVER.getKubeConfigYaml())).build();
        for (var crd : Crds.all()) {
            client.resource(crd).fieldValidation(Validation.STRICT).create();
        }
        for (var crd : Crds.all()) {
            client.resource(crd).waitUntilCondition(CrdsIT::established, 20, TimeUnit.SECONDS);
        }
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null && crd.getStatus() != null && crd.getStatus()
                .getConditions()
                .stream()
                .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
    }

    @AfterAll
    static void stop() {
        client.close();
        SERVER.stop();
    }

    @TestFactory
    Stream<DynamicTest> whatIsValidIsKeptWhole() {
        return YamlFolder.ofKinds("valid")
                .stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> assertKept(file)));
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsKeptWhole() {
        return YamlFolder.files(YamlFolder.EXAMPLES)
                .stream()
                .filter(file -> !file.endsWith(OPERATOR_HA))
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> assertKept(file)));
    }

    @Test
    void theExampleForTheOperatorScalesAnInstalledOne() {
        client.resource(new NamespaceBuilder().withNewMetadata().withName("swarm-system").endMetadata().build())
                .create();
        client.resource(resource("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: swarm-operator, namespace: swarm-system}
                spec:
                  replicas: 1
                  selector: {matchLabels: {component: operator}}
                  template:
                    metadata: {labels: {component: operator}}
                    spec: {containers: [{name: operator, image: operator}]}
                """)).create();

        var scaled = client.resource(resource(YamlFolder.read(YamlFolder.EXAMPLES.resolve(OPERATOR_HA))))
                .forceConflicts()
                .serverSideApply();

        assertEquals(Integer.valueOf(3), scaled.<Integer>get("spec", "replicas"));
    }

    @Test
    void theLargestGraphOfSubtasksIsWithinTheCostOfItsRules() {
        var graph = new StringBuilder("subtasks:\n");
        for (int i = 0; i < 64; i++) {
            var before = IntStream.range(Math.max(0, i - 16), i)
                    .mapToObj(j -> "step-" + j)
                    .collect(Collectors.joining(", "));
            graph.append("- {name: step-").append(i).append(", task: x, dependsOn: [").append(before).append("]}\n");
        }
        var task = new SwarmTask();
        task.setMetadata(new ObjectMetaBuilder().withName("graph").withNamespace(namespace()).build());
        task.setSpec(client.getKubernetesSerialization().unmarshal(graph.toString(), SwarmTaskSpec.class));

        assertEquals(64, client.resource(task).create().getSpec().subtasks().size());
    }

    @Test
    void aCancelledTaskStaysCancelled() {
        var task = new SwarmTask();
        task.setMetadata(new ObjectMetaBuilder().withName("cancelled").withNamespace(namespace()).build());
        task.setSpec(
                client.getKubernetesSerialization().unmarshal("task: sleep 1\ncancel: true", SwarmTaskSpec.class));
        client.resource(task).create();

        var refusal = assertThrows(KubernetesClientException.class, () -> client.resource(task)
                .edit(t -> {
                    t.setSpec(client.getKubernetesSerialization()
                            .unmarshal("task: sleep 1\ncancel: false", SwarmTaskSpec.class));
                    return t;
                }));

        assertSays("spec.cancel: Invalid value: \"boolean\": cancel cannot be taken back", refusal);
    }

    @Test
    void twoOperatorsShareTheConditionsOfACluster() {
        var cluster = new SwarmCluster();
        cluster.setMetadata(new ObjectMetaBuilder().withName("shared").withNamespace(namespace()).build());
        cluster.setSpec(client.getKubernetesSerialization().unmarshal("topology: mesh", SwarmClusterSpec.class));
        client.resource(cluster).create();

        for (var condition : List.of("Ready", "AgentsReady")) {
            var part = new SwarmCluster();
            part.setMetadata(new ObjectMetaBuilder().withName("shared")
                    .withNamespace(cluster.getMetadata().getNamespace())
                    .build());
            part.setStatus(SwarmClusterStatus.builder()
                    .conditions(List.of(new ConditionBuilder().withType(condition)
                            .withStatus("True")
                            .withReason("Test")
                            .build()))
                    .build());
            client.resource(part)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(condition)
                            .build());
        }

        assertEquals(List.of("Ready", "AgentsReady"), client.resource(cluster)
                .get()
                .getStatus()
                .conditions()
                .stream()
                .map(Condition::getType)
                .toList());
    }

    @Test
    void scaleWritesTheReplicasOfACluster() {
        var cluster = new SwarmCluster();
        cluster.setMetadata(new ObjectMetaBuilder().withName("scaled").withNamespace(namespace()).build());
        cluster.setSpec(
                client.getKubernetesSerialization().unmarshal("topology: mesh\nreplicas: 1", SwarmClusterSpec.class));
        client.resource(cluster).create();

        client.resource(cluster).scale(5);

        assertEquals(5, client.resource(cluster).get().getSpec().replicas());
    }

    @TestFactory
    Stream<DynamicTest> whatIsInvalidIsRefusedWithItsSentence() {
        return YamlFolder.ofKinds("invalid")
                .stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> assertRefused(file)));
    }

    private static void assertKept(Path file) {
        var namespace = namespace();
        for (var resource : YamlFolder.resources(file, client.getKubernetesSerialization())) {
            var kept = create(namespace, resource);
            assertEquals(List.of(), YamlFolder.missing("spec", resource.get("spec"), kept.get("spec")));
        }
    }

    private static void assertRefused(Path file) {
        var namespace = namespace();
        var resource = YamlFolder.resources(file, client.getKubernetesSerialization()).get(0);
        var refusal = assertThrows(KubernetesClientException.class, () -> create(namespace, resource));
        assertSays(YamlFolder.expected(file), refusal);
    }

    private static void assertSays(String sentence, KubernetesClientException refusal) {
        var message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(sentence), message);
    }

    private static GenericKubernetesResource resource(String yaml) {
        return client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
    }

    private static String namespace() {
        var name = "yaml-" + NAMESPACES.incrementAndGet();
        client.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
        return name;
    }

    private static GenericKubernetesResource create(String namespace, GenericKubernetesResource resource) {
        return client.resource(resource).inNamespace(namespace).fieldValidation(Validation.STRICT).create();
    }
}
