package io.claudeflow.swarm.agent.executor.shell;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What all shell steps of an agent share.
 *
 * @param workspace       each step gets a folder of its own below it
 * @param path            the scripts' PATH; bash and setsid are looked for there
 * @param language        the scripts' LANG
 * @param agentType       the scripts' AGENT_TYPE
 * @param sharedWorkspace the scripts' SWARM_WORKSPACE
 * @param podUid          the scripts' POD_UID, by which a kubelet finds what an agent that was killed has left
 */
public record ShellConfig(Path workspace, String path, String language, String agentType,
        Optional<Path> sharedWorkspace, Optional<String> podUid) {}
