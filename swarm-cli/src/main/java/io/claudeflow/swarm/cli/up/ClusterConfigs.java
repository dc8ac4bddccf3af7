package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.agent.LocalAgent;
import io.claudeflow.swarm.local.LocalClusterConfig;
import io.claudeflow.swarm.local.kubelet.KubeletConfig.JavaCommand;
import io.claudeflow.swarm.local.process.SearchPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the local cluster is told, from what a person asked for and from what surrounds this process. */
final class ClusterConfigs {
    private static final String NAME = "swarm-local";

    private ClusterConfigs() {}

    static LocalClusterConfig of(Shell shell, UpRequest request) {
        var path = shell.variables().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        var programs = new ArrayList<Path>();
        var assets = shell.variable("KUBEBUILDER_ASSETS");
        if (assets != null) {
            programs.add(shell.resolve(Path.of(assets)));
        }
        programs.addAll(SearchPath.parse(path).folders());
        var arguments = ProcessHandle.current().info().arguments().map(List::of).orElse(List.of());
        var java = new JavaCommand(Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"), SearchPath.parse(path));
        return new LocalClusterConfig(NAME, request.data().path(), request.apiServer(), new SearchPath(programs),
                request.isolation(), ImageTable.of(new LocalAgent(shell.directory().toString(), path), arguments),
                java);
    }
}
