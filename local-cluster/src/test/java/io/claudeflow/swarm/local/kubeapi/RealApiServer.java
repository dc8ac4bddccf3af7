package io.claudeflow.swarm.local.kubeapi;

import io.claudeflow.swarm.local.process.SearchPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A real kube-apiserver for tests; those that ask for it are skipped where there is none. */
public final class RealApiServer {
    private RealApiServer() {}

    /** The folder of etcd and kube-apiserver. */
    public static Path programs() {
        var assets = System.getenv("KUBEBUILDER_ASSETS");
        Assumptions.assumeTrue(assets != null && !assets.isBlank(),
                "skipped: KUBEBUILDER_ASSETS does not name a folder with etcd and kube-apiserver");
        return Path.of(assets);
    }

    /** Where setsid and the like are. */
    public static SearchPath path() {
        return SearchPath.parse(System.getenv("PATH"));
    }

    /** Starts one with its data in that folder. */
    public static KubeApiServer start(Path folder) {
        return KubeApiServer.start(config(folder));
    }

    static KubeApiServerConfig config(Path folder) {
        return new KubeApiServerConfig(new SearchPath(List.of(programs())), path(), folder.resolve("kube"),
                folder.resolve("kubeconfig"), "swarm-test", folder.resolve("pki"),
                Duration.ofSeconds(60));
    }
}
