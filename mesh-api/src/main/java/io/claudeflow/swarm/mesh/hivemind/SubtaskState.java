package io.claudeflow.swarm.mesh.hivemind;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a subtask stands.
 *
 * @param phase   the most telling of its steps'
 * @param done    steps that have ended, of {@code of}
 * @param agents  names of those that do it or did it last
 * @param message of the last step that did not end well
 */
public record SubtaskState(String name, Phase phase, int done, int of, List<String> agents,
        @Nullable String message) {
    public SubtaskState {
        agents = List.copyOf(agents);
    }

    /** As for tasks, and two of a graph's own. */
    public enum Phase {
        /** Waits for those that it depends on. */
        BLOCKED, PENDING, RUNNING, COMPLETED,
        /** Its condition was false. */
        SKIPPED, FAILED, CANCELLED;

        /** As people write it: {@code Completed}. */
        public String word() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }
}
