package io.claudeflow.swarm.local;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The data directory of a running cluster, locked against a second one for as long as it is open. */
final class DataDirectory implements AutoCloseable {
    private static final int PROBE_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the directory if need be, locks it and tries to write.
     *
     * @throws SwarmException Unavailable: another cluster uses it (its pid is named), it is read-only, its disk is full
     */
    static DataDirectory open(Path path) {
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            var file = path.resolve("lock");
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock == null) {
                var holder = Files.readString(file).strip();
                channel.close();
                throw new SwarmException(ErrorCode.UNAVAILABLE,
                        "data directory " + path + " is in use by process " + holder
                                + ": end it with 'swarm down', or choose another --name or --data-dir");
            }
            channel.truncate(0);
            write(channel, Long.toString(ProcessHandle.current().pid()));
            probe(path.resolve("probe"));
            return new DataDirectory(path, channel, lock);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "data directory " + path + " cannot be written: " + reason(e)
                            + "; make it writable, make room on its disk, or choose another --data-dir",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** A full disk shows itself now and not in the middle of a task. */
    private static void probe(Path file) throws IOException {
        try (var probe = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.allocate(PROBE_BYTES);
            while (bytes.hasRemaining()) {
                probe.write(bytes);
            }
            probe.force(false);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // What failed before is the news.
        }
    }
}
