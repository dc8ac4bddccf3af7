package io.claudeflow.swarm.agent.session;

import java.nio.file.Path;

/**
 * What a session needs to know.
 *
 * @param tokenFile the projected token
 * @param version   the agent's release
 */
public record SessionConfig(Path tokenFile, String version) {}
