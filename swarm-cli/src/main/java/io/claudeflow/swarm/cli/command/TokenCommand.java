package io.claudeflow.swarm.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.task.Clusters;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code swarm token}. */
@Command(name = "token", description = {"Print a token for the swarm's own doors: of a person, or of an agent.",
    "It is sent as 'Authorization: Bearer TOKEN'; keep it secret."})
public final class TokenCommand implements Callable<Integer> {
    private final Shell shell;
    @Mixin
    private Common common = new Common();
    @Mixin
    private NamespaceOptions where = new NamespaceOptions();
    @Option(names = "--cluster", paramLabel = "NAME", description = "SwarmCluster. Default: the namespace's only one.")
    private @Nullable String cluster;
    @Option(names = "--agent", paramLabel = "NAME", description = "A token bound to this agent's pod. Default: of the person, ServiceAccount CLUSTER-user.")
    private @Nullable String agent;
    @Option(names = "--duration", paramLabel = "TIME", defaultValue = "1h", description = "How long it is good. Default: 1h.", converter = DurationConverter.class)
    private Duration duration = Duration.ofHours(1);

    public TokenCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (var api = where.server.open(shell)) {
            var namespace = where.of(api);
            var of = new Clusters(api, namespace).choose(cluster);
            var request = JsonNodeFactory.instance.objectNode();
            request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
            var spec = request.putObject("spec");
            spec.put("expirationSeconds", duration.toSeconds());
            spec.putArray("audiences").add(of.uid());
            var account = agent == null ? of.name() + "-user" : of.name() + "-agent";
            if (agent != null) {
                bind(api, namespace, agent, spec);
            }
            var answer = new KubeObject(api.send("POST",
                    "api/v1/namespaces/" + namespace + "/serviceaccounts/" + account + "/token", null, request));
            shell.terminal().line(answer.text("status.token"));
            return ExitCode.OK;
        }
    }

    private static void bind(KubeApi api, String namespace, String pod, ObjectNode spec) {
        var object = new KubeObject(api.get("api/v1/namespaces/" + namespace + "/pods/" + pod));
        spec.putObject("boundObjectRef")
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("name", pod)
                .put("uid", object.uid());
    }
}
