package io.claudeflow.swarm.cli.agent;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.ServiceRunner;

/** A local agent as a process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var agent = LocalAgent.ofProcess(System.getenv());
        System.exit(ServiceRunner.run("agent", Environment.of(System.getenv()), agent.factory()));
    }
}
