package io.claudeflow.swarm.agent;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.ServiceRunner;

/** An agent as a process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(ServiceRunner.run("agent", Environment.of(System.getenv()), AgentApplication::create));
    }
}
