package io.claudeflow.swarm.agent.executor.shell;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run of a step, below the agent's workspace: the script, an empty working directory, a home, a place for
 * temporary files, and where the result file goes. Blocking.
 *
 * @param marker unique in the world
 */
record StepFolder(Path root, String marker) {
    private static final int NAME = 40;

    static StepFolder create(Path workspace, String task, int attempt, String script) throws IOException {
        var marker = UUID.randomUUID().toString();
        var name = task.replaceAll("[^A-Za-z0-9.-]", "_");
        var folder = new StepFolder(workspace.toAbsolutePath()
                .resolve(name.substring(0, Math.min(NAME, name.length())) + "-" + attempt + "-"
                        + marker.substring(0, 8)),
                marker);
        Files.createDirectories(folder.work());
        Files.createDirectory(folder.home());
        Files.createDirectory(folder.temporary());
        Files.writeString(folder.script(), script);
        return folder;
    }

    Path script() {
        return root.resolve("task.sh");
    }

    Path work() {
        return root.resolve("work");
    }

    Path home() {
        return root.resolve("home");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path result() {
        return root.resolve("result");
    }

    /** What the last checkpoint says. */
    Path checkpoint() {
        return root.resolve("checkpoint");
    }

    /** Removes the folder; what a script made unremovable stays, and the failure names it. */
    void remove() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
