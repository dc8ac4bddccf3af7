package io.claudeflow.swarm.agent.checkpoint;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The regular files below a folder, by their path relative to it, without those of its copies. Immutable. */
final class FileTree {
    private final TreeMap<Path, State> files;

    /** What tells a file from what it was before, unless it was written twice within one tick of the file system's clock. */
    record State(long size, FileTime modified) {
        static State of(Path file) throws IOException {
            return of(Files.readAttributes(file, BasicFileAttributes.class));
        }

        private static State of(BasicFileAttributes attributes) {
            return new State(attributes.size(), attributes.lastModifiedTime());
        }
    }

    private FileTree(TreeMap<Path, State> files) {
        this.files = files;
    }

    /** Looks; empty: there is more than that. What vanishes meanwhile is left out. */
    static Optional<FileTree> of(Path folder, int mostFiles, long mostBytes) throws IOException {
        var files = new TreeMap<Path, State>();
        var bytes = new long[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) {
                return !found.equals(folder) && found.endsWith(FolderCopies.FOLDER)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.put(folder.relativize(file), State.of(attributes));
                    bytes[0] += attributes.size();
                }
                return files.size() > mostFiles || bytes[0] > mostBytes
                        ? FileVisitResult.TERMINATE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path found, @Nullable IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(found, failure);
            }
        });
        return files.size() > mostFiles || bytes[0] > mostBytes ? Optional.empty() : Optional.of(new FileTree(files));
    }

    Set<Path> names() {
        return files.keySet();
    }

    @Nullable
    State state(Path name) {
        return files.get(name);
    }

    int size() {
        return files.size();
    }

    boolean isEmpty() {
        return files.isEmpty();
    }
}
