package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.agent.LocalAgent;
import io.claudeflow.swarm.hivemind.HivemindApplication;
import io.claudeflow.swarm.local.kubelet.Image;
import io.claudeflow.swarm.operator.OperatorApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The images that a local kubelet knows: each service of this release, as an application and as a main class. */
final class ImageTable {
    private static final String JVM_ARGUMENTS = "/io/claudeflow/swarm/cli/jvm.args";
    private static final String AOT_CACHE = "-XX:AOTCache=";

    private ImageTable() {}

    /**
     * The table, by repository.
     *
     * @param arguments of this process: the AOT cache among them serves the processes of pods too
     */
    static Map<String, Image> of(LocalAgent agent, List<String> arguments) {
        var jvm = jvmArguments();
        arguments.stream().filter(argument -> argument.startsWith(AOT_CACHE)).findFirst().ifPresent(jvm::add);
        var agents = new ArrayList<>(jvm);
        agents.addAll(agent.jvmArguments());
        return Map.of(
                "claudeflow/swarm-operator",
                new Image(OperatorApplication::create, io.claudeflow.swarm.operator.Main.class.getName(), jvm),
                "claudeflow/swarm-hivemind",
                new Image(HivemindApplication::create, io.claudeflow.swarm.hivemind.Main.class.getName(), jvm),
                "claudeflow/swarm-agent",
                new Image(agent.factory(), io.claudeflow.swarm.cli.agent.Main.class.getName(), agents));
    }

    /** What the launcher gives every JVM, without what is this process's own: heap and log. */
    static List<String> jvmArguments() {
        try (var in = ImageTable.class.getResourceAsStream(JVM_ARGUMENTS)) {
            if (in == null) {
                throw new IllegalStateException(JVM_ARGUMENTS + " is not in this build");
            }
            var arguments = new ArrayList<String>();
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (!line.startsWith("#") && !line.startsWith("-Xm") && !line.startsWith("-Dswarm.log")) {
                    arguments.addAll(List.of(line.split(" +")));
                }
            }
            arguments.removeIf(String::isBlank);
            return arguments;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
