package io.claudeflow.swarm.cli.agent;

import io.claudeflow.swarm.agent.AgentApplication;
import io.claudeflow.swarm.kit.app.ApplicationFactory;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a local agent's pod gets besides what the operator renders; a variable that the pod sets itself stays.
 *
 * @param workspace where the person's files lie, absolute
 * @param path      the PATH of scripts
 */
public record LocalAgent(String workspace, String path) {
    private static final String PROPERTY = "swarm.agent.workspace";

    /** The agent runtime with these variables. */
    public ApplicationFactory factory() {
        return (environment, vertx) -> AgentApplication.create(complete(environment), vertx);
    }

    /** What tells a JVM of its own the same; its PATH is the process's. */
    public List<String> jvmArguments() {
        return List.of("-D" + PROPERTY + "=" + workspace);
    }

    /** In a JVM of its own. */
    static LocalAgent ofProcess(Map<String, String> variables) {
        return new LocalAgent(System.getProperty(PROPERTY, ""), variables.getOrDefault("PATH", ""));
    }

    Environment complete(Environment environment) {
        var variables = new HashMap<>(environment.variables());
        variables.putIfAbsent(AgentVariables.SHARED_WORKSPACE, workspace);
        variables.putIfAbsent("PATH", path);
        return new Environment(variables, environment.mountRoot());
    }
}
