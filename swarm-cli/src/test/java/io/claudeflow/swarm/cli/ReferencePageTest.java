package io.claudeflow.swarm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Holds docs/cli.md to the program. Run with {@code -Dswarm.docs=write} to write it anew. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("../docs/cli.md");

    @Test
    void thePageSaysWhatTheProgramDoes() throws IOException {
        var page = page();
        if ("write".equals(System.getProperty("swarm.docs"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE),
                "write it anew with: mvn -Dtest=ReferencePageTest -Dswarm.docs=write test");
    }

    private static String page() {
        var root = Cli.commandLine(new CapturedShell(Path.of(""), Map.of()).shell());
        var page = new StringBuilder(
                """
                        # The swarm command

                        `./swarm` in the repository finds a JDK 25, builds what has changed and runs this. It may be linked from anywhere
                        (`ln -s $PWD/swarm ~/.local/bin/swarm`, also as `kubectl-swarm`). This page is made from the program's own help.

                        """);
        block(page, root);
        page.append(
                """

                                ## Exit codes in scripts

                                Results go to standard output, everything said about them to standard error; a failure is one sentence there, and
                                the exit code says whose turn it is. `swarm task submit --wait` ends with the task's own outcome:

                                | the task | exit code |
                                |---|---|
                                | completed | 0 |
                                | failed, and its script ended with a code from 1 to 255 | that code |
                                | ran into its `--timeout` | 124 |
                                | was cancelled, or was lost with its agent | 1 |

                                Codes 2 to 5 are also swarm's own, so a script that cares ends with codes from 10 to 120.

                                ## Variables

                                | variable | meaning |
                                |---|---|
                                | `KUBECONFIG` | the API server of client commands, unless `--kubeconfig`, `--name` or `--data-dir` says otherwise |
                                | `XDG_STATE_HOME` | where data directories lie; default `~/.local/state` |
                                | `KUBEBUILDER_ASSETS` | folder of `etcd` and `kube-apiserver` for `--api-server kube-apiserver` |
                                | `NO_COLOR`, `TERM=dumb` | no colours |
                                | `JAVA_HOME` | the first JDK that is looked at; others are found by themselves |
                                | `SWARM_BUILD=off` | run what was built last, even when sources have changed |
                                | `SWARM_AOT=off` | neither make nor use the cache that shortens the start of Java |
                                | `SWARM_JAVA_OPTS` | further options for Java |
                                | `SWARM_LOG` | levels of a local swarm's logs: `debug`, or `info,io.claudeflow.swarm.hivemind=debug` |
                        | `SWARM_TRACE=1` | print the stack trace of a defect |
                                """);
        section(page, root, "");
        return page.toString();
    }

    private static void section(StringBuilder page, CommandLine parent, String prefix) {
        parent.getSubcommands().forEach((name, command) -> {
            if (!name.equals(command.getCommandName()) || command.getCommandSpec().usageMessage().hidden()) {
                return;
            }
            page.append("\n## swarm ").append(prefix).append(name).append("\n\n");
            block(page, command);
            section(page, command, prefix + name + " ");
        });
    }

    private static void block(StringBuilder page, CommandLine command) {
        page.append("```text\n").append(command.getUsageMessage(CommandLine.Help.Ansi.OFF)).append("```\n");
    }
}
