package io.claudeflow.swarm.cli;

import io.claudeflow.swarm.cli.command.ApplyCommand;
import io.claudeflow.swarm.cli.command.CompletionCommand;
import io.claudeflow.swarm.cli.command.DeleteCommand;
import io.claudeflow.swarm.cli.command.DescribeCommand;
import io.claudeflow.swarm.cli.command.DownCommand;
import io.claudeflow.swarm.cli.command.EndpointCommand;
import io.claudeflow.swarm.cli.command.GetCommand;
import io.claudeflow.swarm.cli.command.LogsCommand;
import io.claudeflow.swarm.cli.command.ScaleCommand;
import io.claudeflow.swarm.cli.command.StatusCommand;
import io.claudeflow.swarm.cli.command.TaskCancelCommand;
import io.claudeflow.swarm.cli.command.TaskCommand;
import io.claudeflow.swarm.cli.command.TaskGraphCommand;
import io.claudeflow.swarm.cli.command.TaskListCommand;
import io.claudeflow.swarm.cli.command.TaskLogsCommand;
import io.claudeflow.swarm.cli.command.TaskSubmitCommand;
import io.claudeflow.swarm.cli.command.TokenCommand;
import io.claudeflow.swarm.cli.command.TrainCommand;
import io.claudeflow.swarm.cli.command.UpCommand;
import io.claudeflow.swarm.cli.command.VersionCommand;
import io.claudeflow.swarm.kit.config.ConfigException;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Assembles the commands, runs one, and turns every failure into one sentence and an exit code. */
public final class Cli {
    /** Set to anything: a failure that is a defect prints its stack trace. */
    static final String TRACE = "SWARM_TRACE";

    private Cli() {}

    /** Runs the command that the arguments name. Blocks; exits nothing. */
    public static int run(Shell shell, String... arguments) {
        return commandLine(shell).execute(arguments);
    }

    /** All commands, not yet run. */
    public static CommandLine commandLine(Shell shell) {
        var task = new CommandLine(new TaskCommand())
                .addSubcommand(new TaskSubmitCommand(shell))
                .addSubcommand(new TaskListCommand(shell))
                .addSubcommand(new TaskLogsCommand(shell))
                .addSubcommand(new TaskGraphCommand(shell))
                .addSubcommand(new TaskCancelCommand(shell));
        var line = new CommandLine(new SwarmCommand())
                .addSubcommand(new UpCommand(shell, Main.class.getName()))
                .addSubcommand(new DownCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new GetCommand(shell))
                .addSubcommand(new DescribeCommand(shell))
                .addSubcommand(new ApplyCommand(shell))
                .addSubcommand(new DeleteCommand(shell))
                .addSubcommand(new ScaleCommand(shell))
                .addSubcommand(new LogsCommand(shell))
                .addSubcommand(task)
                .addSubcommand(new TokenCommand(shell))
                .addSubcommand(new EndpointCommand(shell))
                .addSubcommand(new CompletionCommand(shell))
                .addSubcommand(new VersionCommand(shell))
                .addSubcommand(new TrainCommand(shell));
        var terminal = shell.terminal();
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, _) -> usage(shell, failure));
        line.setExecutionExceptionHandler((failure, _, _) -> failed(shell, failure));
        return line;
    }

    private static int usage(Shell shell, ParameterException failure) {
        var command = failure.getCommandLine().getCommandSpec();
        var text = failure.getMessage();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            var word = unmatched.getUnmatched().getFirst();
            text = (word.startsWith("-")
                    ? "there is no option '"
                    : command.subcommands().isEmpty()
                            ? "there is nothing to do with '"
                            : "there is no command '")
                    + word + "'";
            if (!unmatched.getSuggestions().isEmpty()) {
                text += "; did you mean " + unmatched.getSuggestions().getFirst() + "?";
            }
        }
        shell.terminal().say("swarm: " + text + "; see: " + command.qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Shell shell, Exception failure) {
        var terminal = shell.terminal();
        switch (failure) {
            case SwarmException expected -> {
                expected.getMessage().lines().forEach(line -> terminal.say("swarm: " + line));
                return ExitCode.of(expected.code());
            }
            case ConfigException config -> {
                config.problems().forEach(problem -> terminal.say("swarm: " + problem));
                return ExitCode.USAGE;
            }
            case InterruptedException _ -> {
                return ExitCode.INTERRUPTED;
            }
            default -> {
                terminal.say("swarm: this is a defect: " + failure
                        + "; please report it with what 'SWARM_TRACE=1 swarm …' prints");
                if (shell.variable(TRACE) != null) {
                    failure.printStackTrace(terminal.err());
                }
                return ExitCode.FAILED;
            }
        }
    }
}
