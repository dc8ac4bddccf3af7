package io.claudeflow.swarm.local.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An API server on a free port, with everything in one folder: pki, journal, kubeconfig. */
final class TestServer implements AutoCloseable {
    private final Vertx vertx;
    private final ApiServer server;
    private final Credentials credentials;
    private final Path folder;

    private TestServer(Vertx vertx, ApiServer server, Credentials credentials, Path folder) {
        this.vertx = vertx;
        this.server = server;
        this.credentials = credentials;
        this.folder = folder;
    }

    static TestServer start(Path folder) {
        var vertx = Vertx.vertx();
        try {
            var credentials = Credentials.loadOrCreate(folder.resolve("pki"), List.of());
            var config = ApiServerConfig.local(0, folder.resolve("journal"), credentials);
            var server = await(ApiServer.start(vertx, config));
            server.kubeconfig("test").write(folder.resolve("kubeconfig"));
            return new TestServer(vertx, server, credentials, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a future comes to, within ten seconds; its failure is thrown. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    Vertx vertx() {
        return vertx;
    }

    ApiServer api() {
        return server;
    }

    Credentials credentials() {
        return credentials;
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    KubernetesClient client() {
        return client(credentials.adminToken());
    }

    KubernetesClient client(String token) {
        return new KubernetesClientBuilder().withConfig(config(token)).build();
    }

    private Config config(String token) {
        return new ConfigBuilder(Config.empty()).withMasterUrl(server.address())
                .withCaCertData(Base64.getEncoder()
                        .encodeToString(credentials.caPem().getBytes(StandardCharsets.US_ASCII)))
                .withOauthToken(token)
                .withNamespace("default")
                .build();
    }

    @Override
    public void close() {
        await(server.close());
        await(vertx.close());
    }
}
