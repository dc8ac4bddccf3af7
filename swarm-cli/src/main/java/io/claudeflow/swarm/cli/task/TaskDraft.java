package io.claudeflow.swarm.cli.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task that a person wants done.
 *
 * @param name   null: the server makes one that begins with {@code prefix}
 * @param script what bash runs
 */
public record TaskDraft(@Nullable String name, String prefix, String script, @Nullable String cluster,
        @Nullable String agentType, List<String> capabilities, Map<String, String> parameters, @Nullable String timeout,
        @Nullable String priority, int retries) {
    private static final int PREFIX = 40;

    public TaskDraft {
        capabilities = List.copyOf(capabilities);
        parameters = Map.copyOf(parameters);
    }

    /**
     * The words of a command as a script: each word reaches the command as it was typed, in the folder of the person's files
     * where the agent knows it.
     */
    public static String script(List<String> command) {
        return "cd \"${SWARM_WORKSPACE:-.}\" || exit\n"
                + String.join(" ", command.stream().map(TaskDraft::quoted).toList()) + "\n";
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** What a generated name begins with, from a file's name or a command's first word. */
    public static String prefixOf(String origin) {
        var base = origin.substring(origin.lastIndexOf('/') + 1)
                .replaceFirst("\\.[A-Za-z0-9]+$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        var cut = base.substring(0, Math.min(PREFIX, base.length()));
        return cut.isEmpty() ? "task-" : cut + "-";
    }
}
