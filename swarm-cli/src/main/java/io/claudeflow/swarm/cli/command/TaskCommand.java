package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code swarm task}: the commands below it. */
@Command(name = "task", description = "Submit, list, follow, draw and cancel tasks.")
public final class TaskCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }
}
