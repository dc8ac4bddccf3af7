package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Results;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import java.util.HashMap;
import java.util.Map;

/** What the script of a graph's step finds in its environment: its item, and the results of those that it depends on. Pure. */
final class FlowVariables {
    private FlowVariables() {}

    static Map<String, String> of(Task task, String path) {
        var workflow = task.spec().workflow();
        if (workflow.none()) {
            return Map.of();
        }
        var variables = new HashMap<String, String>();
        Results.inputs(task, path).forEach((name, result) -> variables.put(AgentVariables.result(name), result));
        var item = workflow.item(path);
        if (item != null) {
            variables.put(AgentVariables.ITEM, item);
        }
        return variables;
    }
}
