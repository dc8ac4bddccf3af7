package io.claudeflow.swarm.agent.executor.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of the machine that the agent runs on. Blocking. */
final class HostFiles implements MountPlan.Machine {
    @Override
    public List<Path> list(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public boolean isFolder(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public Optional<Path> link(Path path) {
        try {
            return Files.isSymbolicLink(path) ? Optional.of(Files.readSymbolicLink(path)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public Path real(Path path) {
        var parent = path.getParent();
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }
}
