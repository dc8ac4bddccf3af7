package io.claudeflow.swarm.kit.app;

import java.nio.file.Path;
import java.util.Map;

/**
 * The whole configuration of a pod: its environment variables and its mounted files.
 *
 * @param variables the environment, copied
 * @param mountRoot the folder under which absolute mount paths lie: {@code /} in a container, a folder of the pod's own where
 *                  the kubelet has no mount namespaces
 */
public record Environment(Map<String, String> variables, Path mountRoot) {
    /** The variable by which a kubelet without mount namespaces tells a process its mount root. */
    public static final String MOUNT_ROOT = "SWARM_MOUNT_ROOT";

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The environment of a process: the mount root is {@value #MOUNT_ROOT}, else {@code /}. */
    public static Environment of(Map<String, String> variables) {
        return new Environment(variables, Path.of(variables.getOrDefault(MOUNT_ROOT, "/")));
    }

    /** Where a file mounted at {@code absolute} really lies. */
    public Path path(String absolute) {
        var path = Path.of(absolute);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("absolute: '" + absolute + "' does not start with /");
        }
        return mountRoot.resolve(path.getRoot().relativize(path)).normalize();
    }
}
