package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.ServiceRunner;

/** {@link EchoApplication} as a process. */
public final class EchoMain {
    private EchoMain() {}

    public static void main(String[] arguments) {
        System.exit(ServiceRunner.run("echo", Environment.of(System.getenv()), EchoApplication::new));
    }
}
