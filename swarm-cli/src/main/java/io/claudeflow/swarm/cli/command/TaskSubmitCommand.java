package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.task.TaskDraft;
import io.claudeflow.swarm.cli.task.TaskEnd;
import io.claudeflow.swarm.cli.task.TaskWait;
import io.claudeflow.swarm.cli.task.Tasks;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm task submit}. */
@Command(name = "submit", customSynopsis = {"swarm task submit [OPTIONS] SCRIPT-FILE",
    "       swarm task submit [OPTIONS] -- COMMAND [ARGUMENT…]"}, description = {
        "Have a script or a command done by an agent of the swarm.",
        "With --wait it prints progress on standard error, the result on standard output, and exits with 0 when the "
                + "task completed, with the script's own exit code when it failed with one, with 124 when it ran "
                + "into its --timeout, and with 1 when it was cancelled or lost. (2 to 5 mean what they mean for "
                + "every command; scripts that care exit with 10 to 120.)"}, exitCodeList = {
                    "0:submitted; with --wait: completed", "1:it was tried and failed; with --wait: cancelled or lost",
                    "2:the command line or a file is wrong",
                    "3:no API server answers (usually: no local swarm is running)",
                    "4:no SwarmCluster is there to do it", "5:--wait-timeout is over; the task goes on",
                    "124:with --wait: the task ran into its --timeout", "130:interrupted by Ctrl-C; the task goes on",
                    "other:with --wait: the script's own exit code"})
public final class TaskSubmitCommand implements Callable<Integer> {
    private static final int MAX_SCRIPT = 256 * 1024;

    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private SubmitOptions where = new SubmitOptions();
    @Parameters(arity = "0..*", paramLabel = "SCRIPT-FILE or COMMAND", description = "A file that bash runs (- for standard input), or after -- a command with its arguments, run where the swarm "
            + "was started.")
    private List<String> words = List.of();
    @Option(names = "--name", paramLabel = "NAME", description = "Name of the task. Default: made from the file's or command's name.")
    private @Nullable String name;
    @Option(names = "--cluster", paramLabel = "NAME", description = "SwarmCluster that does it. Default: the namespace's only one.")
    private @Nullable String cluster;
    @Option(names = "--type", paramLabel = "TYPE", description = "Type that the agent must have.")
    private @Nullable String type;
    @Option(names = "--capability", paramLabel = "WORD", description = "What the agent must be able to do; may be repeated.")
    private List<String> capabilities = List.of();
    @Option(names = "--param", paramLabel = "KEY=VALUE", description = "A value for the script: SWARM_PARAM_<KEY>; may be repeated.")
    private Map<String, String> parameters = Map.of();
    @Option(names = "--timeout", paramLabel = "TIME", description = "How long an attempt may run, for example 10m. Default: no limit.")
    private @Nullable String timeout;
    @Option(names = "--priority", paramLabel = "PRIORITY", description = "0 to 100, or low, medium, high, critical. Default: 50.")
    private @Nullable String priority;
    @Option(names = "--retries", paramLabel = "N", defaultValue = "-1", description = "How often it is tried again. Default: 3.")
    private int retries = -1;
    @Option(names = {"-w", "--wait"}, description = "Wait until it has ended.")
    private boolean wait;
    @Option(names = "--wait-timeout", paramLabel = "TIME", description = "How long to wait at most. Default: as long as it takes.", converter = DurationConverter.class)
    private @Nullable Duration waitTimeout;
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public TaskSubmitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        var draft = draft();
        try (var api = where.open(shell)) {
            var namespace = where.of(api);
            var task = new Tasks(api, namespace).submit(draft);
            if (!wait) {
                shell.terminal().line("swarmtask.swarm.claudeflow.io/" + task.name() + " created");
                return ExitCode.OK;
            }
            shell.terminal().say("swarmtask/" + task.name() + ": submitted");
            return waited(api, namespace, task.name());
        }
    }

    private int waited(KubeApi api, String namespace, String task) throws InterruptedException {
        var ended = new TaskWait(api, shell.terminal()).await(namespace, task, waitTimeout);
        var end = TaskEnd.of(ended).orElseThrow();
        var result = ended.text("status.result");
        if (!result.isEmpty()) {
            shell.terminal().line(result.stripTrailing());
        }
        shell.terminal().say(end.sentence());
        return end.exitCode();
    }

    private TaskDraft draft() {
        if (words.isEmpty()) {
            throw new SwarmException(ErrorCode.INVALID,
                    "name a script file (swarm task submit count.sh), or a command after -- (swarm task submit -- wc -w README.md)");
        }
        var given = spec.commandLine().getParseResult().originalArgs();
        var first = words.getFirst();
        boolean command = given.contains("--");
        if (!command && words.size() > 1) {
            throw new SwarmException(ErrorCode.INVALID,
                    "more than one script file was named (" + String.join(" ", words)
                            + "); for a command with arguments put -- before it");
        }
        var script = command ? TaskDraft.script(words) : script(first);
        return new TaskDraft(name, TaskDraft.prefixOf(first), script, cluster, type, capabilities, parameters, timeout,
                priority, retries);
    }

    private String script(String file) {
        try {
            if (file.equals("-")) {
                return new String(System.in.readNBytes(MAX_SCRIPT + 1), StandardCharsets.UTF_8);
            }
            var path = shell.resolve(Path.of(file));
            if (!Files.isRegularFile(path)) {
                throw new SwarmException(ErrorCode.INVALID, file + " is no file (looked for " + path
                        + "); name a script file, or put -- before a command");
            }
            if (Files.size(path) > MAX_SCRIPT) {
                throw new SwarmException(ErrorCode.INVALID, file + " is larger than " + (MAX_SCRIPT >> 10)
                        + " KiB, the most that a task may hold; let a short script call it");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.INVALID, file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
