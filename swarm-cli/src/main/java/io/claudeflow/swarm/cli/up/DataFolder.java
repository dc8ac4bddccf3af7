package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.cli.local.RunRecord;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The data directory while a swarm runs in it: made, tried for writing, and held so that no second one takes it. */
final class DataFolder implements AutoCloseable {
    /** What is tried to be written, and must be free besides. */
    private static final int PROBE = 1 << 20;
    private static final long LEAST_FREE = 64L << 20;

    private final DataDirectory data;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(DataDirectory data, FileChannel channel, FileLock lock) {
        this.data = data;
        this.channel = channel;
        this.lock = lock;
    }

    /** Refuses with a sentence when a swarm runs there already. */
    static void requireFree(DataDirectory data) {
        RunRecord.running(data.runRecord()).ifPresent(run -> {
            throw inUse(data, run.pid());
        });
    }

    private static SwarmException inUse(DataDirectory data, long pid) {
        return new SwarmException(new ErrorCode("InUse", ErrorCode.Blame.USER), "a swarm already runs in " + data.path()
                + (pid > 0 ? " (process " + pid + ")" : "") + "; end it with: swarm down" + data.option()
                + ", or start another beside it with --name NAME");
    }

    /** Makes the directory and takes it. What cannot be written is a sentence that says why. */
    static DataFolder take(DataDirectory data) {
        requireFree(data);
        var path = data.path();
        try {
            create(path);
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = locked(channel);
            if (lock == null) {
                channel.close();
                throw inUse(data, RunRecord.running(data.runRecord()).map(RunRecord::pid).orElse(0L));
            }
            probe(path);
            return new DataFolder(data, channel, lock);
        } catch (IOException e) {
            throw new SwarmException(new ErrorCode("DataDirectory", ErrorCode.Blame.RESOURCE), path
                    + " cannot be written: " + reason(e)
                    + "; make room or make it writable, or name another directory with "
                    + "--data-dir", e);
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (java.nio.channels.OverlappingFileLockException e) {
            return null;
        }
    }

    private static void create(Path path) throws IOException {
        boolean fresh = !Files.exists(path);
        Files.createDirectories(path);
        if (fresh && Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        Files.createDirectories(path.resolve("logs"));
    }

    private static void probe(Path path) throws IOException {
        var file = path.resolve("probe");
        try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.allocate(PROBE);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        long free = Files.getFileStore(path).getUsableSpace();
        if (free < LEAST_FREE) {
            throw new IOException(
                    "only " + (free >> 20) + " MiB are free there, and " + (LEAST_FREE >> 20) + " are needed");
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return String.valueOf(failure.getMessage());
    }

    /** Tells commands who runs here and how far it is. */
    void record(RunRecord record) {
        try {
            record.write(data.runRecord());
        } catch (IOException e) {
            throw new SwarmException(new ErrorCode("DataDirectory", ErrorCode.Blame.RESOURCE),
                    data.runRecord() + " cannot be written: " + reason(e) + "; make room there", e);
        }
    }

    /** Lets go; the next start may take it. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(data.runRecord());
            lock.release();
            channel.close();
        } catch (IOException e) {
            // The process ends, and with it the lock; a record of an ended process counts for none.
        }
    }
}
