package io.claudeflow.swarm.agent;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.ServiceRunner;
import io.claudeflow.swarm.kit.config.ConfigException;
import java.util.List;

/** An agent as a process; {@code --once}: for one step. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Environment environment;
        try {
            environment = Arguments.environment(System.getenv(), List.of(args));
        } catch (ConfigException e) {
            e.problems().forEach(problem -> System.err.println("agent: " + problem));
            System.exit(ServiceRunner.MISCONFIGURED);
            return;
        }
        System.exit(ServiceRunner.run("agent", environment, AgentApplication::create));
    }
}
