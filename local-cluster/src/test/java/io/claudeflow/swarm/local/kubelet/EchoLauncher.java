package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.LocalCluster;
import io.claudeflow.swarm.local.LocalClusterConfig.ApiServerKind;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A launcher of its own process, to be killed by tests: starts a cluster in the folder given and stays. Exit code 3 and a sentence if it cannot. */
public final class EchoLauncher {
    private EchoLauncher() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            var cluster = LocalCluster
                    .start(TestCluster.config(Path.of(arguments[0]), ApiServerKind.EMBEDDED, Isolation.PROCESS));
            System.out.println("started " + cluster.kubeconfig());
        } catch (SwarmException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
        new CountDownLatch(1).await();
    }
}
