package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.graph.MermaidGraph;
import io.claudeflow.swarm.cli.graph.SvgGraph;
import io.claudeflow.swarm.cli.graph.TaskGraph;
import io.claudeflow.swarm.cli.task.TaskPaths;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm task graph}. */
@Command(name = "graph", description = {"Draw a task's subtasks: what depends on what, and where each stands.",
    "For example: swarm task graph build -o svg > build.svg"})
public final class TaskGraphCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Parameters(paramLabel = "TASK", description = "Its name.")
    private String task = "";
    @Option(names = {"-o",
        "--output"}, paramLabel = "FORMAT", defaultValue = "mermaid", description = "mermaid (text, which many tools draw) or svg (a picture). Default: mermaid.")
    private Format output = Format.mermaid;

    /** How the graph is drawn; as it is written on the command line. */
    enum Format {
        mermaid, svg
    }

    public TaskGraphCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (var api = where.server.open(shell)) {
            var graph = TaskGraph.of(new KubeObject(api.get(TaskPaths.one(where.of(api), task))));
            shell.terminal().line((switch (output) {
                case mermaid -> MermaidGraph.draw(graph);
                case svg -> SvgGraph.draw(graph);
            }).stripTrailing());
            return ExitCode.OK;
        }
    }
}
