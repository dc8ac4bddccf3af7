package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.agent.door.Doorkeeper;
import io.claudeflow.swarm.agent.executor.StepExecutor;
import io.claudeflow.swarm.agent.volume.Volumes;
import io.claudeflow.swarm.kit.trace.Tracer;
import java.util.function.Supplier;

/**
 * What every step of an agent needs.
 *
 * @param shell   runs scripts
 * @param keeper  lets scripts speak
 * @param url     where they do; asked when a step starts
 * @param volumes where the paths of checkpoints lie
 * @param tracer  takes a span per step
 */
public record StepTools(StepExecutor shell, Doorkeeper keeper, Supplier<String> url, Volumes volumes, Tracer tracer) {}
