package io.claudeflow.swarm.agent.executor.shell;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A progress report on standard output: {@code ::progress 40 some words}. The words are optional.
 *
 * @param percent 0 to 100
 */
record ProgressLine(int percent, String message) {
    private static final Pattern FORM = Pattern.compile("::progress\\s+(\\d{1,3})%?(?:\\s+(.*))?");
    private static final int MESSAGE = 1_024;

    static Optional<ProgressLine> parse(String line) {
        if (!line.startsWith("::progress")) {
            return Optional.empty();
        }
        var match = FORM.matcher(line.strip());
        if (!match.matches() || Integer.parseInt(match.group(1)) > 100) {
            return Optional.empty();
        }
        var words = match.group(2) == null ? "" : match.group(2);
        return Optional
                .of(new ProgressLine(Integer.parseInt(match.group(1)),
                        words.substring(0, Math.min(MESSAGE, words.length()))));
    }
}
