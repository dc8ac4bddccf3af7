package io.claudeflow.swarm.local.kubelet;

import java.time.Instant;

/** What a container is doing, as its status tells it. */
sealed interface ContainerState {
    /** Not started (again) yet. */
    record Waiting(String reason, String message) implements ContainerState {}

    /** Runs since. */
    record Running(Instant since) implements ContainerState {}

    /** Ended; with the number of that instance. */
    record Terminated(Instant started, Exit exit, int instance) implements ContainerState {}
}
