package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.agent.executor.StepRequest;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that a script finds: a small clean set (nothing of the agent's own), then the task's, then what the agent says,
 * which the task cannot replace. Pure.
 */
final class ScriptEnvironment {
    /** Names a step's processes, wherever they went: all of them inherit it. */
    static final String MARKER = "SWARM_STEP_RUN";

    private ScriptEnvironment() {}

    /**
     * The variables.
     *
     * @param verbs   stands first on the PATH, also on one that the task says
     * @param resumes the folder has a file with what the last checkpoint says
     */
    static Map<String, String> of(ShellConfig config, Optional<Path> verbs, StepRequest request, StepFolder folder,
            boolean resumes) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("PATH", config.path());
        variables.put("LANG", config.language());
        variables.put("HOME", folder.home().toString());
        variables.put("TMPDIR", folder.temporary().toString());
        variables.putAll(request.environment());
        verbs.ifPresent(path -> variables.merge("PATH", path.toString(), (known, first) -> first + ":" + known));
        request.parameters().forEach((name, value) -> variables.put(AgentVariables.parameter(name), value));
        variables.put(AgentVariables.TASK_NAME, request.task());
        variables.put(AgentVariables.TASK_NAMESPACE, request.namespace());
        variables.put(AgentVariables.TASK_UID, request.taskUid());
        variables.put(AgentVariables.ATTEMPT, Integer.toString(request.attempt()));
        variables.put(AgentVariables.AGENT_NAME, request.agent());
        variables.put(AgentVariables.TYPE, config.agentType());
        variables.put(AgentVariables.RESULT_FILE, folder.result().toString());
        variables.put(AgentVariables.PROGRESS, Integer.toString(request.lastPercent()));
        variables.put(AgentVariables.TRACEPARENT, request.traceparent());
        variables.put(AgentVariables.AGENT_URL, request.door().url());
        variables.put(AgentVariables.AGENT_TOKEN, request.door().token());
        if (resumes) {
            variables.put(AgentVariables.CHECKPOINT_FILE, folder.checkpoint().toString());
        } else {
            variables.remove(AgentVariables.CHECKPOINT_FILE);
        }
        config.sharedWorkspace()
                .ifPresent(path -> variables.put(AgentVariables.SHARED_WORKSPACE, path.toString()));
        variables.putAll(config.passedOn());
        variables.put(MARKER, folder.marker());
        return variables;
    }
}
