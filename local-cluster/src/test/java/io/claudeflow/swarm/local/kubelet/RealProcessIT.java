package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.LocalClusterConfig.ApiServerKind;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealProcessIT implements PodContract, WorkloadContract, JobPodContract {
    @TempDir
    static Path folder;

    private @Nullable TestCluster cluster;

    @BeforeAll
    void start() {
        cluster = new TestCluster(folder, ApiServerKind.KUBE_APISERVER, Isolation.PROCESS);
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    public TestCluster cluster() {
        return Objects.requireNonNull(cluster);
    }
}
