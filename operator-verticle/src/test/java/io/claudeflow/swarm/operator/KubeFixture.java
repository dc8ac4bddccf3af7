package io.claudeflow.swarm.operator;

import static org.awaitility.Awaitility.await;

import io.claudeflow.swarm.api.v1alpha1.Crds;
import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmMemory;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.operator.adapter.kube.ApiServer;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real kube-apiserver with RBAC, our definitions and the operator's own manifests; no controllers and no kubelet. One for all
 * tests of the JVM.
 */
final class KubeFixture {
    static final String VARIABLE = "KUBE_API_TEST_DIR";
    static final String SKIPPED = "needs a real kube-apiserver: set KUBE_API_TEST_DIR to a folder that holds etcd,"
            + " kube-apiserver and kubectl in k8s/<version>-<platform>";

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static @Nullable KubeFixture one;

    final KubernetesClient admin;
    private final Config config;

    private KubeFixture(Config config) {
        this.config = config;
        this.admin = new KubernetesClientBuilder().withConfig(config).build();
    }

    static synchronized KubeFixture get() {
        var started = one;
        if (started == null) {
            started = start();
            one = started;
        }
        return started;
    }

    private static KubeFixture start() {
        var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig().withOfflineMode(true).build());
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        var fixture = new KubeFixture(Config.fromKubeconfig(server.getKubeConfigYaml()));
        Crds.PLURALS.forEach(plural -> fixture.admin.resource(Crds.yaml(plural)).create());
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            fixture.admin.resources(SwarmCluster.class).inAnyNamespace().list();
            fixture.admin.resources(SwarmAgent.class).inAnyNamespace().list();
            fixture.admin.resources(SwarmTask.class).inAnyNamespace().list();
            fixture.admin.resources(SwarmMemory.class).inAnyNamespace().list();
            return true;
        });
        for (var file : List.of("00-namespace.yaml", "10-access.yaml", "20-operator.yaml")) {
            fixture.apply(Path.of("../k8s/operator", file), null);
        }
        return fixture;
    }

    /** A namespace of its own for a test. */
    String namespace() {
        var name = "test-" + NAMESPACES.incrementAndGet();
        admin.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
        return name;
    }

    /** Every document of a file, as kubectl apply would. */
    List<HasMetadata> apply(Path file, @Nullable String namespace) {
        try (var in = Files.newInputStream(file)) {
            var items = admin.load(in).items();
            items.forEach(item -> {
                var resource = namespace == null ? admin.resource(item) : admin.resource(item).inNamespace(namespace);
                resource.serverSideApply();
            });
            return items;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<HasMetadata> example(String name, String namespace) {
        return apply(Path.of("../examples", name), namespace);
    }

    /** What a kubelet would give to a pod with that ServiceAccount: environment, token, CA. */
    Environment pod(Path mountRoot, String pod, String namespace, String account, Map<String, String> variables) {
        try {
            var folder = Files.createDirectories(mountRoot.resolve(ApiServer.ACCOUNT.substring(1)));
            Files.writeString(folder.resolve("token"), token(namespace, account));
            Files.writeString(folder.resolve("namespace"), namespace);
            Files.copy(Path.of(System.getenv(VARIABLE), "apiserver.crt"), folder.resolve("ca.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var all = new HashMap<>(variables);
        var server = URI.create(config.getMasterUrl());
        all.put(ApiServer.HOST, server.getHost());
        all.put(ApiServer.PORT, String.valueOf(server.getPort()));
        all.put(MeshVariables.POD_NAME, pod);
        all.put(MeshVariables.POD_NAMESPACE, namespace);
        all.put(MeshVariables.POD_IP, "127.0.0.1");
        all.put(MeshVariables.MONITORING_PORT, "0");
        return new Environment(all, mountRoot);
    }

    private String token(String namespace, String account) {
        ServiceAccount its = admin.serviceAccounts().inNamespace(namespace).withName(account).get();
        var request = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3_600L).endSpec().build();
        return admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(its.getMetadata().getName())
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }
}
