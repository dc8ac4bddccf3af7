package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.local.KubeTarget;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As {@link NamespaceOptions}, but where {@code --name} is the task's, so that the local swarm is {@code --swarm}. */
final class SubmitOptions {
    @Option(names = "--swarm", paramLabel = "NAME", description = "Name of the local swarm. Default: local.")
    @Nullable
    String swarm;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Its directory. Default: ~/.local/state/swarm/NAME.")
    @Nullable
    Path dataDirectory;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Talk to the API server of this kubeconfig. Default: the swarm that --swarm or --data-dir names, "
            + "else that of KUBECONFIG, else the swarm 'local'.")
    @Nullable
    Path kubeconfig;

    @Option(names = {"-n",
        "--namespace"}, paramLabel = "NAMESPACE", description = "Namespace. Default: the kubeconfig's, else default.")
    @Nullable
    String namespace;

    KubeApi open(Shell shell) {
        return KubeApi.open(KubeTarget.choose(shell, kubeconfig, swarm, dataDirectory));
    }

    String of(KubeApi api) {
        return namespace == null ? api.namespace() : namespace;
    }
}
