package io.claudeflow.swarm.mesh.hivemind;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and from what a later attempt goes on.
 *
 * @param enabled  false: every attempt starts from the beginning, and checkpoints are only looked at
 * @param interval how often the agent takes a checkpoint of {@code paths} by itself; null: only the script does
 * @param paths    absolute paths whose files are kept beside themselves at each checkpoint and restored before an attempt
 */
public record Resume(boolean enabled, @Nullable Duration interval, List<String> paths) {
    /** Every attempt starts from the beginning. */
    public static final Resume NEVER = new Resume(false, null, List.of());

    public Resume {
        paths = List.copyOf(paths);
    }
}
