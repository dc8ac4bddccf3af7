package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.logs.LogRequest;
import io.claudeflow.swarm.cli.logs.PodLogs;
import io.claudeflow.swarm.cli.logs.PodSearch;
import io.claudeflow.swarm.cli.logs.TaskLog;
import io.claudeflow.swarm.cli.resource.ResourceWords;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm logs}. */
@Command(name = "logs", description = "Print logs of a pod, or of all pods of a workload, an agent, a swarm or a task.")
public final class LogsCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(arity = "0..1", paramLabel = "WHAT", description = "POD, deployment/NAME, statefulset/NAME, swarmagent/NAME, swarmcluster/NAME or swarmtask/NAME.")
    private @Nullable String what;
    @Option(names = {"-l", "--selector"}, paramLabel = "LABELS", description = "Of all pods with these labels instead.")
    private @Nullable String selector;
    @Option(names = {"-f", "--follow"}, description = "Go on with what is written, until Ctrl-C.")
    private boolean follow;
    @Option(names = "--tail", paramLabel = "N", defaultValue = "-1", description = "Only the last N lines.")
    private int tail = -1;
    @Option(names = "--since", paramLabel = "TIME", description = "Nothing older, for example 5m.", converter = DurationConverter.class)
    private @Nullable Duration since;
    @Option(names = {"-p", "--previous"}, description = "Of the container before its last restart.")
    private boolean previous;
    @Option(names = "--timestamps", description = "Each line behind the time at which it was written.")
    private boolean timestamps;
    @Option(names = {"-c",
        "--container"}, paramLabel = "NAME", description = "Container of the pod. Default: its first.")
    private @Nullable String container;

    public LogsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        var named = what;
        if ((named == null) == (selector == null)) {
            throw new SwarmException(ErrorCode.INVALID,
                    "name either a pod (swarm logs POD), what made it (swarm logs deployment/NAME), or -l LABELS");
        }
        var request = new LogRequest(follow, tail, since, null, previous, timestamps, container);
        try (var api = where.server.open(shell)) {
            var namespace = where.of(api);
            var logs = new PodLogs(api, shell.terminal());
            if (named == null) {
                logs.copyAll(namespace, new PodSearch(api, namespace).labelled(String.valueOf(selector)), request);
            } else if (!named.contains("/")) {
                logs.copy(namespace, named, request);
            } else {
                of(ResourceWords.one(List.of(named)), api, namespace, request);
            }
            return ExitCode.OK;
        }
    }

    private void of(ResourceWords.Named named, io.claudeflow.swarm.cli.adapter.kube.KubeApi api, String namespace,
            LogRequest request) throws InterruptedException {
        if (List.of("swarmtask", "swarmtasks", "swt").contains(named.type())) {
            var log = new TaskLog(api, shell.terminal(), namespace, String.valueOf(named.name()), true);
            if (follow) {
                log.follow();
            } else {
                log.print();
            }
            return;
        }
        var pods = new PodSearch(api, namespace).of(named);
        var logs = new PodLogs(api, shell.terminal());
        if (pods.size() == 1) {
            logs.copy(namespace, pods.getFirst(), request);
        } else {
            logs.copyAll(namespace, pods, request);
        }
    }
}
