package io.claudeflow.swarm.agent.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All folders whose files belong to a step's checkpoints. Blocking; one thread at a time. */
public final class CheckpointFolders {
    private final List<FolderCopies> folders;

    /**
     * @param paths where the folders really lie
     * @param owner names the step's work, the same for all of its attempts: copies of others are not touched
     */
    public CheckpointFolders(List<Path> paths, String owner) {
        this.folders = paths.stream().map(path -> new FolderCopies(path, owner)).toList();
    }

    /** Copies what has changed. Never throws: what went wrong, a full disk for one, is {@link Copied.Refused}. */
    public Copied copy() {
        boolean taken = false;
        int files = 0;
        for (var folder : folders) {
            try {
                switch (folder.copy()) {
                    case Copied.Taken _ -> taken = true;
                    case Copied.Unchanged(int kept) -> files += kept;
                    case Copied.Refused refused -> {
                        return refused;
                    }
                }
            } catch (IOException e) {
                return new Copied.Refused(folder.path() + " could not be copied beside itself: " + e);
            }
        }
        return taken ? new Copied.Taken() : new Copied.Unchanged(files);
    }

    /** Puts back every file of the last copies that is missing or empty; returns how many those were. */
    public int restore() throws IOException {
        int restored = 0;
        for (var folder : folders) {
            restored += folder.restore();
        }
        return restored;
    }

    public boolean isEmpty() {
        return folders.isEmpty();
    }
}
