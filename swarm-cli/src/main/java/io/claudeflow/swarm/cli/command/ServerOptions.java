package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.local.KubeTarget;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which API server a command talks to. */
final class ServerOptions {
    @Mixin
    SwarmOptions swarm = new SwarmOptions();

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Talk to the API server of this kubeconfig. Default: the swarm that --name or --data-dir names, "
            + "else that of KUBECONFIG, else the swarm 'local'.")
    @Nullable
    Path kubeconfig;

    KubeApi open(Shell shell) {
        return KubeApi.open(KubeTarget.choose(shell, kubeconfig, swarm.name, swarm.dataDirectory));
    }
}
