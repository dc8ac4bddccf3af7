package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.cli.local.RunRecord;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** What the command line itself keeps in a data directory; the local cluster locks it and keeps the rest. */
final class DataFolder {
    private static final ErrorCode IN_USE = new ErrorCode("InUse", ErrorCode.Blame.USER);
    private static final ErrorCode UNWRITABLE = new ErrorCode("DataDirectory", ErrorCode.Blame.RESOURCE);

    private DataFolder() {}

    /** Refuses with a sentence when a swarm runs there already. */
    static void requireFree(DataDirectory data) {
        RunRecord.running(data.runRecord()).ifPresent(run -> {
            throw new SwarmException(IN_USE, "a swarm already runs in " + data.path() + " (process " + run.pid()
                    + "); end it with: swarm down" + data.option() + ", or start another beside it with --name NAME");
        });
    }

    /** Makes the directory, for its owner alone, and the place of its logs. */
    static void make(DataDirectory data) {
        try {
            for (var above = data.path(); above != null; above = above.getParent()) {
                if (Files.exists(above) && !Files.isDirectory(above)) {
                    throw new IOException(above + " is a file");
                }
            }
            boolean fresh = !Files.exists(data.path());
            Files.createDirectories(data.log().getParent());
            if (fresh && Files.getFileStore(data.path()).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(data.path(), PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw unwritable(data, e);
        }
    }

    /** Tells commands that this process serves. */
    static void record(DataDirectory data, Map<String, Long> terms) {
        try {
            RunRecord.ofThisProcess(terms).write(data.runRecord());
        } catch (IOException e) {
            throw unwritable(data, e);
        }
    }

    /** Tells them that it no longer does. */
    static void forget(DataDirectory data) {
        try {
            Files.deleteIfExists(data.runRecord());
        } catch (IOException e) {
            // A record of a process that has ended counts for none.
        }
    }

    private static SwarmException unwritable(DataDirectory data, IOException failure) {
        return new SwarmException(UNWRITABLE, data.path() + " cannot be written: " + reason(failure)
                + "; make room or make it writable, or name another directory with --data-dir", failure);
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied at " + denied.getFile();
            case FileSystemException file when file.getReason() != null -> file.getFile() + ": " + file.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
