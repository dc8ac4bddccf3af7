package io.claudeflow.swarm.cli;

import io.claudeflow.swarm.cli.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A shell whose streams a test reads. */
public final class CapturedShell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Shell shell;

    public CapturedShell(Path directory, Map<String, String> variables) {
        var terminal = new Terminal(new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, false, 24, 80);
        shell = new Shell(terminal, variables, directory.toAbsolutePath());
    }

    public Shell shell() {
        return shell;
    }

    /** Runs a command as a person would. */
    public int run(String... arguments) {
        out.reset();
        err.reset();
        return Cli.run(shell, arguments);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
