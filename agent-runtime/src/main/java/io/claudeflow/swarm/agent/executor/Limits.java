package io.claudeflow.swarm.agent.executor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a step may run.
 *
 * @param run   longest run; null: none
 * @param pulse how long it may be silent
 * @param grace between the signal to end and the kill, when either is over
 */
public record Limits(@Nullable Duration run, Pulse pulse, Duration grace) {}
