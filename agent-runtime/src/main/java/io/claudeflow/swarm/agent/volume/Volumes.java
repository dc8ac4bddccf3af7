package io.claudeflow.swarm.agent.volume;

import java.nio.file.Path;
import java.util.List;

/**
 * The pod's volumes, as scripts see them.
 *
 * @param root  the mount root: {@code /} in a container
 * @param paths the volumes' absolute mount paths
 */
public record Volumes(Path root, List<Path> paths) {
    private static final Path SYSTEM = Path.of("/");

    public Volumes {
        paths = paths.stream().map(Path::normalize).distinct().sorted().toList();
        paths.forEach(path -> {
            if (!path.isAbsolute() || path.getNameCount() == 0) {
                throw new IllegalArgumentException("allowed are absolute paths other than /, joined by :");
            }
        });
    }

    /** Volumes of a pod that has a root of its own, so that nothing is to be done. */
    public static Volumes none() {
        return new Volumes(SYSTEM, List.of());
    }

    /** They lie elsewhere than where scripts look for them. */
    public boolean elsewhere() {
        return !root.equals(SYSTEM) && !paths.isEmpty();
    }

    /**
     * Where a path of a script really lies: below the mount root when it belongs to a volume, else where it says, because
     * scripts see the machine's own files too. Throws IllegalArgumentException when it is not absolute.
     */
    public Path real(String scriptPath) {
        var path = Path.of(scriptPath).normalize();
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("'" + scriptPath + "' is no absolute path");
        }
        return paths.stream().anyMatch(path::startsWith) ? root.resolve(SYSTEM.relativize(path)) : path;
    }
}
