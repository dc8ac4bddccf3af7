package io.claudeflow.swarm.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command has: help, and the exit codes below it. */
@Command(usageHelpAutoWidth = false, usageHelpWidth = 110, synopsisHeading = "Usage: ", descriptionHeading = "%n", parameterListHeading = "%nParameters:%n", optionListHeading = "%nOptions:%n", commandListHeading = "%nCommands:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:done", "1:it was tried and failed", "2:the command line or a file is wrong",
    "3:no API server answers (usually: no local swarm is running)", "4:what was named does not exist",
    "5:what was waited for did not come in time", "130:interrupted by Ctrl-C"})
final class Common {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;
}
