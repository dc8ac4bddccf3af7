package io.claudeflow.swarm.cli;

import io.claudeflow.swarm.local.api.ApiServer;
import io.claudeflow.swarm.local.api.ApiServerConfig;
import io.claudeflow.swarm.local.api.Credentials;
import io.claudeflow.swarm.local.kubeapi.KubeApiServer;
import io.claudeflow.swarm.local.kubeapi.KubeApiServerConfig;
import io.claudeflow.swarm.local.process.SearchPath;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The API servers that the command line is held to: the embedded one, and a real one where there is one. */
enum ApiServers {
    EMBEDDED {
        @Override
        AutoCloseable start(Path folder, Path kubeconfig) throws IOException, TimeoutException {
            var vertx = Vertx.vertx();
            var server = ApiServer.start(vertx, ApiServerConfig.local(0, null, Credentials.create(List.of())))
                    .await(30, TimeUnit.SECONDS);
            server.kubeconfig("test").write(kubeconfig);
            return () -> {
                server.close().await(10, TimeUnit.SECONDS);
                vertx.close().await(10, TimeUnit.SECONDS);
            };
        }
    },
    REAL {
        @Override
        AutoCloseable start(Path folder, Path kubeconfig) {
            var path = SearchPath.parse(System.getenv("PATH"));
            return KubeApiServer.start(new KubeApiServerConfig(new SearchPath(List.of(Path.of(assets()))), path,
                    folder.resolve("kube"), kubeconfig, "test", folder.resolve("pki"), Duration.ofSeconds(90)));
        }
    };

    /** Starts one and writes the kubeconfig of its administrator. */
    abstract AutoCloseable start(Path folder, Path kubeconfig) throws IOException, TimeoutException;

    private static String assets() {
        return System.getenv().getOrDefault("KUBEBUILDER_ASSETS", "");
    }

    /** Those that this machine has. */
    static Stream<ApiServers> here() {
        return assets().isEmpty() ? Stream.of(EMBEDDED) : Stream.of(EMBEDDED, REAL);
    }
}
