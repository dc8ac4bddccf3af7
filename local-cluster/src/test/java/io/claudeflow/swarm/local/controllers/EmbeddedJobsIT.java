package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.api.ApiServer;
import io.claudeflow.swarm.local.api.ApiServerConfig;
import io.claudeflow.swarm.local.api.Credentials;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on the embedded API; {@link ControllersIT} has them on a real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedJobsIT implements JobsContract {
    @TempDir
    static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private @Nullable ApiServer server;
    private @Nullable Controllers controllers;
    private @Nullable KubernetesClient client;
    private String namespace = "none";
    private int count;

    @BeforeAll
    void start() throws Exception {
        var credentials = Credentials.loadOrCreate(folder.resolve("pki"), List.of());
        var api = ApiServer.start(vertx, ApiServerConfig.local(0, folder.resolve("journal"), credentials))
                .await(10, TimeUnit.SECONDS);
        server = api;
        api.kubeconfig("test").write(folder.resolve("kubeconfig"));
        var access = Config.fromKubeconfig(folder.resolve("kubeconfig").toFile());
        controllers = Controllers.start(access, folder.resolve("volumes"));
        client = new KubernetesClientBuilder().withConfig(access).build();
    }

    @AfterAll
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (controllers != null) {
            controllers.close();
        }
        if (server != null) {
            server.close().await(10, TimeUnit.SECONDS);
        }
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void newNamespace() {
        namespace = "test-" + count++;
        client().resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
    }

    @Override
    public KubernetesClient client() {
        return Objects.requireNonNull(client);
    }

    @Override
    public String namespace() {
        return namespace;
    }
}
