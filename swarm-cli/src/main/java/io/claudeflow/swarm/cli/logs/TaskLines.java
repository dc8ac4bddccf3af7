package io.claudeflow.swarm.cli.logs;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds one task's lines in an agent's log, where they stand as {@code … [<task>#<attempt>] line}. Pure. */
final class TaskLines {
    private final Pattern pattern;

    TaskLines(String task) {
        pattern = Pattern.compile("[^\\[]*\\[" + Pattern.quote(task) + "#([0-9]{1,9})] ?(.*)", Pattern.DOTALL);
    }

    /** A line that the task wrote. */
    record Line(int attempt, String text) {}

    /** The task's line in a log line, if it is one. */
    Optional<Line> of(String logLine) {
        var match = pattern.matcher(logLine);
        return match.matches()
                ? Optional.of(new Line(Integer.parseInt(match.group(1)), match.group(2)))
                : Optional.empty();
    }
}
