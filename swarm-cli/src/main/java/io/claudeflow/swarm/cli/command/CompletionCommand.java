package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm completion}. */
@Command(name = "completion", description = {"Print a completion script.", "bash: source <(swarm completion bash)",
    "zsh: source <(swarm completion zsh)"})
public final class CompletionCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private For kind = For.BASH;
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var script = AutoComplete.bash("swarm", spec.root().commandLine());
        shell.terminal().text(kind == For.ZSH ? "autoload -U +X bashcompinit && bashcompinit\n" + script : script);
        return ExitCode.OK;
    }

    private enum For {
        BASH, ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
