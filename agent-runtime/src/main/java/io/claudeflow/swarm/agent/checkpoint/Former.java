package io.claudeflow.swarm.agent.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The newest whole copy, with which files are compared. Blocking. */
final class Former {
    /** A file that changed so shortly before its copy may have changed once more with the same time: its bytes decide. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Path root;
    private final FileTree copies;
    private final FileTime settled;

    Former(Path root) throws IOException {
        this.root = root;
        this.copies = FileTree.of(root, Integer.MAX_VALUE, Long.MAX_VALUE).orElseThrow();
        this.settled = FileTime.from(Files.getLastModifiedTime(root).toInstant().minus(TICK));
    }

    /** The copy of that file; null: it had none. */
    @Nullable
    Path file(Path name) {
        return copies.state(name) == null ? null : root.resolve(name);
    }

    /** It has those files, no others, and none of them needs a new copy. */
    boolean says(FileTree files, Path folder) throws IOException {
        if (!files.names().equals(copies.names())) {
            return false;
        }
        for (var name : files.names()) {
            if (unchanged(name, files, folder) == null) {
                return false;
            }
        }
        return true;
    }

    /** The copy that still stands for that file: it says the same, or the file is empty and the copy is not; else null. */
    @Nullable
    Path unchanged(Path name, FileTree files, Path folder) throws IOException {
        var copy = copies.state(name);
        var now = files.state(name);
        if (copy == null || now == null) {
            return null;
        }
        boolean cutOff = now.size() == 0 && copy.size() > 0;
        return cutOff || now.size() == copy.size() && same(name, now, copy, folder) ? root.resolve(name) : null;
    }

    private boolean same(Path name, FileTree.State now, FileTree.State copy, Path folder) throws IOException {
        if (now.modified().equals(copy.modified()) && now.modified().compareTo(settled) < 0) {
            return true;
        }
        try {
            return Files.mismatch(folder.resolve(name), root.resolve(name)) == -1;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
