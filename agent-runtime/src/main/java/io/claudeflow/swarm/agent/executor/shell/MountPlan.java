package io.claudeflow.swarm.agent.executor.shell;

import io.claudeflow.swarm.agent.volume.Volumes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a root is made that shows the machine's own files and, over them, volumes at paths that the machine need not have:
 * an empty file system into which the entries of {@code /} are bound, then the volumes. Where a volume is wanted deeper,
 * in a folder that has no such entry, that folder is made in the same way; what a script adds to such a folder itself, or
 * to {@code /}, ends with it. Pure.
 */
record MountPlan(List<Mount> mounts) {
    private static final Path ROOT = Path.of("/");

    /** A step of the plan; folders come before what lies in them. */
    sealed interface Mount {
        /** An empty folder. */
        record Folder(Path path) implements Mount {}

        record Link(Path path, Path target) implements Mount {}

        /** Shows {@code from}, and all that is mounted below it, at a path that may have to be made first. */
        record Bind(Path from, Path path, boolean folder) implements Mount {}
    }

    /** The machine's files. */
    interface Machine {
        List<Path> list(Path folder);

        boolean isFolder(Path path);

        Optional<Path> link(Path path);

        /** The path without links, as far as it exists. */
        Path real(Path path);
    }

    static MountPlan of(Volumes volumes, Machine machine) {
        var targets = new TreeMap<Path, Path>();
        for (var path : volumes.paths()) {
            // What lies below another volume is there already.
            if (volumes.paths().stream().noneMatch(other -> !other.equals(path) && path.startsWith(other))) {
                targets.put(machine.real(path), volumes.real(path.toString()));
            }
        }
        var mounts = new ArrayList<Mount>();
        mirror(ROOT, targets, machine, mounts);
        targets.forEach((path, from) -> mounts.add(new Mount.Bind(from, path, true)));
        return new MountPlan(List.copyOf(mounts));
    }

    private static void mirror(Path folder, TreeMap<Path, Path> targets, Machine machine, List<Mount> mounts) {
        for (var entry : machine.list(folder)) {
            var link = machine.link(entry);
            boolean made = targets.keySet()
                    .stream()
                    .anyMatch(path -> path.startsWith(entry) && !machine.isFolder(path));
            boolean volume = targets.containsKey(entry);
            if (!volume && link.isPresent()) {
                mounts.add(new Mount.Link(entry, link.get()));
            } else if (!volume && made) {
                mounts.add(new Mount.Folder(entry));
                mirror(entry, targets, machine, mounts);
            } else if (!volume) {
                mounts.add(new Mount.Bind(entry, entry, machine.isFolder(entry)));
            }
        }
    }
}
