package io.claudeflow.swarm.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm} itself: help, and the commands below it. */
@Command(name = "swarm", synopsisSubcommandLabel = "COMMAND", description = {
    "Run swarms of agents on this machine, and talk to them.", "",
    "  swarm up -f examples/hivemind-cluster.yaml    start a swarm; Ctrl-C stops it, its state stays",
    "  swarm task submit --wait -- wc -w README.md   have an agent do something",
    "  swarm COMMAND --help                          options and exit codes of a command"}, usageHelpWidth = 110, synopsisHeading = "Usage: ", descriptionHeading = "%n", optionListHeading = "%nOptions:%n", commandListHeading = "%nCommands:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:done", "1:it was tried and failed", "2:the command line or a file is wrong",
        "3:no API server answers (usually: no local swarm is running)", "4:what was named does not exist",
        "5:what was waited for did not come in time", "124:a task that was waited for ran into its timeout",
        "130:interrupted by Ctrl-C"})
final class SwarmCommand implements Callable<Integer> {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }
}
