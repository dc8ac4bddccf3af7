package io.claudeflow.swarm.cli;

import io.claudeflow.swarm.cli.console.Terminal;
import java.nio.file.Path;

/** The process: its arguments, its environment, its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var variables = System.getenv();
        var shell = new Shell(Terminal.ofProcess(variables), variables, Path.of("").toAbsolutePath());
        System.exit(Cli.run(shell, arguments));
    }
}
