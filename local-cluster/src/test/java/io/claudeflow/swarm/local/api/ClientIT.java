package io.claudeflow.swarm.local.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do, by fabric8. */
@SuppressWarnings("NullAway.Init")
class ClientIT {
    private static final ResourceDefinitionContext WIDGETS = new ResourceDefinitionContext.Builder()
            .withGroup("example.io")
            .withVersion("v1alpha1")
            .withKind("Widget")
            .withPlural("widgets")
            .withNamespaced(true)
            .build();

    @TempDir
    static Path folder;
    private static TestServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        client = server.client();
        client.load(ClientIT.class.getResourceAsStream("widgets-crd.yaml")).create();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static String namespace(String name) {
        client.namespaces()
                .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
                .create();
        client.serviceAccounts()
                .inNamespace(name)
                .resource(new ServiceAccountBuilder().withNewMetadata().withName("default").endMetadata().build())
                .create();
        return name;
    }

    private static GenericKubernetesResource widget(String namespace) {
        return client.genericKubernetesResources(WIDGETS)
                .inNamespace(namespace)
                .load(ClientIT.class.getResourceAsStream("widget.yaml"))
                .create();
    }

    private static ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().withData(data).build();
    }

    @Test
    void aStaleUpdateIsAConflict() {
        var maps = client.configMaps().inNamespace(namespace("stale"));
        var first = maps.resource(configMap("a", Map.of("k", "1"))).create();
        maps.resource(new ConfigMapBuilder(first).addToData("k", "2").build()).update();
        var refused = assertThrows(KubernetesClientException.class,
                () -> maps.resource(new ConfigMapBuilder(first).addToData("k", "3").build()).update());
        assertEquals(409, refused.getCode());
        assertEquals("Conflict", refused.getStatus().getReason());
        assertEquals(409, assertThrows(KubernetesClientException.class,
                () -> maps.resource(configMap("a", Map.of())).create()).getCode());
    }

    @Test
    void statusAndSpecAreApart() {
        var widgets = client.genericKubernetesResources(WIDGETS).inNamespace(namespace("status"));
        var made = widget("status");
        assertEquals(1, made.getMetadata().getGeneration());
        made.setAdditionalProperty("status", Map.of("replicas", 2));
        var next = widgets.resource(made).updateStatus();
        assertEquals(1, next.getMetadata().getGeneration());
        var edited = widgets.withName("demo").edit(w -> {
            w.setAdditionalProperty("spec", Map.of("topology", "ring"));
            w.setAdditionalProperty("status", Map.of("replicas", 9));
            return w;
        });
        assertEquals(2, edited.getMetadata().getGeneration());
        assertEquals(2, edited.<Integer>get("status", "replicas"));
        assertEquals("parallel", edited.get("spec", "strategy"));
    }

    @Test
    void finalizersHoldADeletionUp() {
        var widgets = client.genericKubernetesResources(WIDGETS).inNamespace(namespace("finalizers"));
        widget("finalizers");
        widgets.withName("demo").edit(w -> {
            w.getMetadata().setFinalizers(List.of("example.io/done"));
            return w;
        });
        widgets.withName("demo").delete();
        var marked = widgets.withName("demo").get();
        assertNotNull(marked.getMetadata().getDeletionTimestamp());
        assertEquals(2, marked.getMetadata().getGeneration());
        widgets.withName("demo")
                .patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]");
        assertNull(widgets.withName("demo").get());
    }

    @Test
    void serverSideApplyOwnsFields() {
        var maps = client.configMaps().inNamespace(namespace("apply"));
        maps.resource(configMap("a", Map.of("k", "1"))).fieldManager("one").serverSideApply();
        maps.resource(configMap("a", Map.of("l", "2"))).fieldManager("two").serverSideApply();
        assertEquals(Map.of("k", "1", "l", "2"), maps.withName("a").get().getData());
        assertEquals(409, assertThrows(KubernetesClientException.class, () -> maps
                .resource(configMap("a", Map.of("k", "3")))
                .fieldManager("two")
                .serverSideApply()).getCode());
        var before = maps.withName("a").get().getMetadata().getResourceVersion();
        maps.resource(configMap("a", Map.of("l", "2"))).fieldManager("two").serverSideApply();
        assertEquals(before, maps.withName("a").get().getMetadata().getResourceVersion());
        maps.resource(configMap("a", Map.of())).fieldManager("one").serverSideApply();
        assertEquals(Map.of("l", "2"), maps.withName("a").get().getData());
    }

    @Test
    void informersSeeEveryChange() {
        var maps = client.configMaps().inNamespace(namespace("inform"));
        maps.resource(configMap("early", Map.of())).create();
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (var informer = maps.inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap map) {
                seen.add("add " + map.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap old, ConfigMap map) {
                seen.add("update " + map.getMetadata().getName());
            }

            @Override
            public void onDelete(ConfigMap map, boolean unknown) {
                seen.add("delete " + map.getMetadata().getName());
            }
        })) {
            assertTrue(informer.isRunning());
            maps.resource(configMap("late", Map.of())).create();
            maps.withName("late").edit(m -> new ConfigMapBuilder(m).addToData("k", "v").build());
            maps.withName("late").delete();
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of("add early", "add late", "update late", "delete late"), List.copyOf(seen)));
        }
    }

    @Test
    void listsComeInPages() {
        var maps = client.configMaps().inNamespace(namespace("pages"));
        for (int i = 0; i < 5; i++) {
            maps.resource(configMap("m" + i, Map.of())).create();
        }
        var first = maps.list(new ListOptionsBuilder().withLimit(2L).build());
        assertEquals(2, first.getItems().size());
        assertEquals(3, first.getMetadata().getRemainingItemCount());
        var rest = maps.list(new ListOptionsBuilder().withLimit(9L)
                .withContinue(first.getMetadata().getContinue())
                .build());
        assertEquals(3, rest.getItems().size());
        assertTrue(rest.getMetadata().getContinue() == null || rest.getMetadata().getContinue().isEmpty());
    }

    @Test
    void leasesKeepMicroseconds() {
        var leases = client.leases().inNamespace(namespace("leases"));
        var time = ZonedDateTime.parse("2026-01-01T00:00:00.123456Z");
        leases.resource(new LeaseBuilder().withNewMetadata()
                .withName("l")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("me")
                .withRenewTime(time)
                .endSpec()
                .build()).create();
        assertEquals(time.toInstant(), leases.withName("l").get().getSpec().getRenewTime().toInstant());
    }

    @Test
    void eventsAreOneInBothGroups() {
        namespace("events");
        client.resource("""
                apiVersion: events.k8s.io/v1
                kind: Event
                metadata: {name: e, namespace: events}
                type: Normal
                reason: Scaled
                note: to five
                action: Scale
                reportingController: swarm
                regarding: {kind: Widget, name: demo, namespace: events}
                """).create();
        var event = client.v1().events().inNamespace("events").withField("involvedObject.name", "demo").list();
        assertEquals("to five", event.getItems().getFirst().getMessage());
    }

    @Test
    void podsWaitForTheirKubelet() {
        var pods = client.pods().inNamespace(namespace("grace"));
        var pod = pods.resource(new PodBuilder().withNewMetadata()
                .withGenerateName("p-")
                .endMetadata()
                .withNewSpec()
                .withNodeName("n")
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build()).create();
        var one = pods.withName(pod.getMetadata().getName());
        one.delete();
        var first = one.get().getMetadata();
        assertEquals(30, first.getDeletionGracePeriodSeconds());
        one.withGracePeriod(5).delete();
        // 25 s less than before, not 5 s from now.
        assertEquals(Instant.parse(first.getDeletionTimestamp()).minusSeconds(25),
                Instant.parse(one.get().getMetadata().getDeletionTimestamp()));
        one.withGracePeriod(0).delete();
        assertNull(one.get());
    }

    @Test
    void tokensAreForTheirAudienceAndDieWithTheirPod() {
        var pods = client.pods().inNamespace(namespace("tokens"));
        var pod = pods.resource(new PodBuilder().withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build()).create();
        var accounts = client.serviceAccounts().inNamespace("tokens");
        var bound = accounts.withName("default")
                .tokenRequest(new TokenRequestBuilder().withNewSpec()
                        .withAudiences("swarm")
                        .withExpirationSeconds(600L)
                        .withNewBoundObjectRef("v1", "Pod", "p", pod.getMetadata().getUid())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        var review = review(bound, "swarm");
        assertTrue(review.getAuthenticated());
        assertEquals("system:serviceaccount:tokens:default", review.getUser().getUsername());
        assertEquals(List.of("p"), review.getUser().getExtra().get("authentication.kubernetes.io/pod-name"));
        assertFalse(Boolean.TRUE.equals(review(bound, "other").getAuthenticated()));
        try (var other = server.client(bound)) {
            assertEquals(401, assertThrows(KubernetesClientException.class, () -> other.pods().list()).getCode());
        }

        var own = accounts.withName("default").tokenRequest().getStatus().getToken();
        try (var other = server.client(own)) {
            assertEquals(1, other.pods().inNamespace("tokens").list().getItems().size());
        }
        pods.withName("p").withGracePeriod(0).delete();
        assertFalse(Boolean.TRUE.equals(review(bound, "swarm").getAuthenticated()));
    }

    private static TokenReviewStatus review(String token,
            String audience) {
        return client.tokenReviews()
                .create(new TokenReviewBuilder().withNewSpec()
                        .withToken(token)
                        .withAudiences(audience)
                        .endSpec()
                        .build())
                .getStatus();
    }

    @Test
    void aDefinitionGoesWithItsObjects() {
        var definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(
                        ClientIT.class.getResourceAsStream("gadgets-crd.yaml"))
                .create();
        var gadgets = client.genericKubernetesResources(new ResourceDefinitionContext.Builder().withGroup("example.io")
                .withVersion("v1")
                .withKind("Gadget")
                .withPlural("gadgets")
                .withNamespaced(false)
                .build());
        var gadget = new GenericKubernetesResource();
        gadget.setApiVersion("example.io/v1");
        gadget.setKind("Gadget");
        gadget.setMetadata(new ObjectMetaBuilder().withName("g").build());
        gadgets.resource(gadget).create();
        client.apiextensions().v1().customResourceDefinitions().withName(definition.getMetadata().getName()).delete();
        Awaitility.await()
                .untilAsserted(() -> assertNull(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("gadgets.example.io")
                        .get()));
        assertEquals(404, assertThrows(KubernetesClientException.class, gadgets::list).getCode());
    }
}
