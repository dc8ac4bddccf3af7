package io.claudeflow.swarm.local.controllers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.local.kubeapi.KubeApiServer;
import io.claudeflow.swarm.local.kubeapi.RealApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The controllers on a bare kube-apiserver, where nobody else does their work; no kubelet, so nothing runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControllersIT implements JobsContract {
    private static final ResourceDefinitionContext WIDGETS = new ResourceDefinitionContext.Builder()
            .withGroup("test.example.org")
            .withVersion("v1")
            .withKind("Widget")
            .withPlural("widgets")
            .withNamespaced(true)
            .build();

    @TempDir
    static Path folder;

    private KubeApiServer server;
    private Controllers controllers;
    private KubernetesClient client;
    private String namespace = "none";
    private int count;

    @BeforeAll
    void start() {
        server = RealApiServer.start(folder);
        controllers = Controllers.start(server.config(), folder.resolve("volumes"));
        client = new KubernetesClientBuilder().withConfig(server.config()).build();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            client.close();
            controllers.close();
            server.close();
        }
    }

    @BeforeEach
    void newNamespace() {
        namespace = "test-" + count++;
        client.namespaces()
                .resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
                .create();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Test
    void eachNamespaceHasAServiceAccountAndTheAuthority() {
        await().until(() -> client.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
        await().until(() -> client.configMaps().inNamespace(namespace).withName("kube-root-ca.crt").get() != null);

        var map = client.configMaps().inNamespace(namespace).withName("kube-root-ca.crt");
        var before = map.get().getData();
        assertTrue(before.getOrDefault("ca.crt", "").startsWith("-----BEGIN CERTIFICATE-----"));
        assertTrue(map.delete().size() == 1);
        await().until(() -> map.get() != null && before.equals(map.get().getData()));
    }

    @Test
    void whatLosesItsOwnerIsDeletedAndWhatHasAnotherStays() {
        var owner = create("owner");
        var other = create("other");
        create("child", owner);
        create("shared", owner, other);

        client.resource(owner).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();

        await().until(() -> get("child") == null);
        await().until(() -> get("shared").getMetadata().getOwnerReferences().size() == 1);
        assertEquals("other", get("shared").getMetadata().getOwnerReferences().getFirst().getName());
    }

    @Test
    void whatIsBornWithoutAnOwnerIsDeleted() {
        var owner = create("owner");
        client.resource(owner).delete();

        create("late", owner);

        await().until(() -> get("late") == null);
    }

    @Test
    void foregroundDeletionEndsWithTheOwner() {
        var owner = create("owner");
        create("child", owner);
        finalizers("child", "[\"test.example.org/hold\"]");

        client.resource(owner).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        await().until(() -> get("child").getMetadata().getDeletionTimestamp() != null);
        assertNotNull(get("owner").getMetadata().getDeletionTimestamp());
        finalizers("child", "[]");
        await().until(() -> get("child") == null && get("owner") == null);
    }

    @Test
    void orphansStay() {
        var owner = create("owner");
        create("child", owner);

        client.resource(owner).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

        await().until(() -> get("owner") == null);
        assertTrue(get("child").getMetadata().getOwnerReferences().isEmpty());
    }

    @Test
    void customResourcesOwnAndAreOwned() {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .resource(new CustomResourceDefinitionBuilder().withNewMetadata()
                        .withName("widgets.test.example.org")
                        .endMetadata()
                        .withNewSpec()
                        .withGroup("test.example.org")
                        .withScope("Namespaced")
                        .withNewNames()
                        .withKind("Widget")
                        .withPlural("widgets")
                        .endNames()
                        .addNewVersion()
                        .withName("v1")
                        .withServed(true)
                        .withStorage(true)
                        .withNewSchema()
                        .withNewOpenAPIV3Schema()
                        .withType("object")
                        .endOpenAPIV3Schema()
                        .endSchema()
                        .endVersion()
                        .endSpec()
                        .build())
                .create();
        await().ignoreExceptions()
                .until(() -> client.genericKubernetesResources(WIDGETS).inNamespace(namespace).list() != null);
        var owner = widget("owner");
        var child = widget("child", owner);
        create("map", child);

        client.genericKubernetesResources(WIDGETS).inNamespace(namespace).withName("owner").delete();

        await().until(() -> get("map") == null);
        assertNull(client.genericKubernetesResources(WIDGETS).inNamespace(namespace).withName("child").get());
    }

    @Test
    void aNamespaceIsEmptiedAndGoes() {
        create("a");
        create("b", create("owner"));
        finalizers("b", "[\"test.example.org/hold\"]");

        client.namespaces().withName(namespace).delete();

        await().until(() -> get("a") == null);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.namespaces()
                        .withName(namespace)
                        .get()
                        .getStatus()
                        .getConditions()
                        .stream()
                        .anyMatch(c -> String.valueOf(c.getMessage()).contains("test.example.org/hold")));
        finalizers("b", "[]");
        await().until(() -> client.namespaces().withName(namespace).get() == null);
    }

    @Test
    void aClaimIsADirectoryUntilItGoes() {
        var claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("data")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName("fast-ssd")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        await().until(() -> "Bound".equals(client.resource(claim).get().getStatus().getPhase()));
        var volume = client.persistentVolumes().withName(client.resource(claim).get().getSpec().getVolumeName());
        await().until(() -> "Bound".equals(volume.get().getStatus().getPhase()));
        var directory = Path.of(volume.get().getSpec().getHostPath().getPath());
        assertTrue(Files.isDirectory(directory));

        client.resource(claim).delete();

        await().until(() -> client.resource(claim).get() == null && volume.get() == null);
        assertTrue(Files.notExists(directory));
    }

    @Test
    void claimsOfAStatefulSetGoWithItIfItsPolicySaysSo() {
        var set = client.resource(set("gone", "Delete")).create();
        var other = client.resource(set("kept", "Retain")).create();
        var claims = client.persistentVolumeClaims().inNamespace(namespace);
        await().until(
                () -> claims.withName("data-gone-0").get() != null && claims.withName("data-kept-0").get() != null);

        client.resource(set).delete();
        client.resource(other).delete();

        await().until(() -> claims.withName("data-gone-0").get() == null);
        assertNotNull(claims.withName("data-kept-0").get());
        assertNull(claims.withName("data-kept-0").get().getMetadata().getDeletionTimestamp());
    }

    private StatefulSet set(String name, String whenDeleted) {
        return new StatefulSetBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withServiceName(name)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .endTemplate()
                .withNewPersistentVolumeClaimRetentionPolicy(whenDeleted, "Retain")
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

    private ConfigMap create(String name, HasMetadata... owners) {
        return client.resource(map(name, owners)).create();
    }

    private ConfigMap map(String name, HasMetadata... owners) {
        return new ConfigMapBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withOwnerReferences(List.of(owners)
                        .stream()
                        .map(owner -> new OwnerReferenceBuilder()
                                .withApiVersion(owner.getApiVersion())
                                .withKind(owner.getKind())
                                .withName(owner.getMetadata().getName())
                                .withUid(owner.getMetadata().getUid())
                                .withBlockOwnerDeletion(true)
                                .build())
                        .toList())
                .endMetadata()
                .build();
    }

    private void finalizers(String name, String list) {
        client.configMaps()
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"finalizers\":" + list + "}}");
    }

    private ConfigMap get(String name) {
        return client.configMaps().inNamespace(namespace).withName(name).get();
    }

    private GenericKubernetesResource widget(String name, HasMetadata... owners) {
        var widget = new GenericKubernetesResource();
        widget.setApiVersion("test.example.org/v1");
        widget.setKind("Widget");
        widget.setMetadata(map(name, owners).getMetadata());
        widget.setAdditionalProperties(Map.of());
        return client.genericKubernetesResources(WIDGETS).inNamespace(namespace).resource(widget).create();
    }
}
