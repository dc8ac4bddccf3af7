package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.agent.volume.Volumes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What all shell steps of an agent share.
 *
 * @param workspace       each step gets a folder of its own below it
 * @param path            the scripts' PATH; bash and setsid are looked for there
 * @param language        the scripts' LANG
 * @param agentType       the scripts' AGENT_TYPE
 * @param sharedWorkspace the scripts' SWARM_WORKSPACE
 * @param passedOn        variables of the agent's own pod that scripts have too: by them a kubelet finds what an agent that was
 *                        killed has left
 * @param volumes         what scripts find at its absolute path, where the system allows that
 */
public record ShellConfig(Path workspace, String path, String language, String agentType,
        Optional<Path> sharedWorkspace, Map<String, String> passedOn, Volumes volumes) {
    public ShellConfig {
        passedOn = Map.copyOf(passedOn);
    }
}
