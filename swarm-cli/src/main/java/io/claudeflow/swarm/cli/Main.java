package io.claudeflow.swarm.cli;

import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.kit.log.LineConfigurator;
import java.nio.file.Path;

/** The process: its arguments, its environment, its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Output is for people: what libraries log goes to pods' logs, or nowhere.
        if (System.getProperty(LineConfigurator.APPENDER) == null) {
            System.setProperty(LineConfigurator.APPENDER, "none");
        }
        var variables = System.getenv();
        var shell = new Shell(Terminal.ofProcess(variables), variables, Path.of("").toAbsolutePath());
        System.exit(Cli.run(shell, arguments));
    }
}
