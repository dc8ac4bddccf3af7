package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which API server, and which namespace of it. */
final class NamespaceOptions {
    @Mixin
    ServerOptions server = new ServerOptions();

    @Option(names = {"-n",
        "--namespace"}, paramLabel = "NAMESPACE", description = "Namespace. Default: the kubeconfig's, else default.")
    @Nullable
    String namespace;

    String of(KubeApi api) {
        return namespace == null ? api.namespace() : namespace;
    }
}
