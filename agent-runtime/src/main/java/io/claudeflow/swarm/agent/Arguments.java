package io.claudeflow.swarm.agent;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.ConfigException;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arguments of an agent's process, which say no more than its variables can. Pure. */
final class Arguments {
    private static final String ONCE = "--once";

    private Arguments() {}

    /** The environment with what the arguments add; throws a ConfigException for one that is not known. */
    static Environment environment(Map<String, String> variables, List<String> arguments) {
        var unknown = arguments.stream().filter(argument -> !argument.equals(ONCE)).toList();
        if (!unknown.isEmpty()) {
            throw new ConfigException(unknown.stream()
                    .map(argument -> "'" + argument + "' is not a known argument; known is " + ONCE
                            + ": take one step, then end")
                    .toList());
        }
        var all = new HashMap<>(variables);
        if (!arguments.isEmpty()) {
            all.put(AgentVariables.ONCE, "true");
        }
        return Environment.of(all);
    }
}
