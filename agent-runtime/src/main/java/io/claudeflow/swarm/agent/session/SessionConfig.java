package io.claudeflow.swarm.agent.session;

import java.nio.file.Path;

/**
 * What a session needs to know.
 *
 * @param tokenFile the projected token
 * @param version   the agent's release
 * @param once      the agent takes one step, and is done when that is acknowledged
 */
public record SessionConfig(Path tokenFile, String version, boolean once) {}
