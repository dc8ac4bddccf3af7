package io.claudeflow.swarm.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's file and the lock beside it: {@code journal} holds every object as of some revision and then each change. A record
 * that a crash left incomplete at the end is dropped; damage before the end is refused. Blocking, one thread at a time.
 */
final class JournalFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
    private static final String NAME = "journal";

    private final Path directory;
    private final FileChannel lock;
    private @Nullable FileChannel channel;
    /** Everything before this place is whole. */
    private long length;

    private JournalFile(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Locks the directory, made when it is missing.
     *
     * @throws SwarmException when it cannot be written, or another process uses it
     */
    static JournalFile lock(Path directory) {
        try {
            Files.createDirectories(directory);
            var lock = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (lock.tryLock() != null) {
                    return new JournalFile(directory, lock);
                }
            } catch (OverlappingFileLockException e) {
                // The same process holds it: the same sentence.
            }
            lock.close();
            throw new SwarmException(ErrorCode.UNAVAILABLE, "data directory " + directory
                    + " is in use by another local cluster: stop that one, or name another directory");
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.EXHAUSTED, "data directory " + directory + " cannot be written ("
                    + e.getMessage() + "): make it writable, or name another directory", e);
        }
    }

    /** Reads what the file holds. */
    Journal.Content read() throws IOException {
        var file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return Journal.Content.EMPTY;
        }
        byte[] bytes = Files.readAllBytes(file);
        var objects = new HashMap<ObjectKey, ObjectNode>();
        long revision = 0;
        int at = 0;
        while (at < bytes.length) {
            int end = indexOf(bytes, (byte) '\n', at);
            var line = end < 0 ? null : JournalRecord.read(bytes, at, end).orElse(null);
            if (line == null) {
                refuseDamage(bytes, end);
                LOG.atWarn().addKeyValue("file", file).addKeyValue("at", at).log("incomplete last record dropped");
                break;
            }
            revision = Math.max(revision, line.revision());
            if (line.key() != null && line.object() != null) {
                objects.put(line.key(), line.object());
            } else if (line.key() != null) {
                objects.remove(line.key());
            }
            at = end + 1;
        }
        return new Journal.Content(revision, objects);
    }

    /** A damaged record is a torn tail only if nothing whole follows it. */
    private void refuseDamage(byte[] bytes, int end) {
        for (int at = end + 1; end >= 0 && at < bytes.length; at = end + 1) {
            end = indexOf(bytes, (byte) '\n', at);
            if (end >= 0 && JournalRecord.read(bytes, at, end).isPresent()) {
                throw new SwarmException(ErrorCode.INTERNAL, "journal " + directory.resolve(NAME)
                        + " is damaged before byte " + at + ": restore it from a copy, or move it away to start empty");
            }
        }
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Replaces the file by one that holds just that content; after a crash either the old or the new one is there, whole. */
    void rewrite(Journal.Content content) throws IOException {
        var out = new ByteArrayOutputStream();
        JournalRecord.header(content.revision()).write(out);
        content.objects().forEach((key, object) -> new JournalRecord(content.revision(), key, object).write(out));
        var fresh = directory.resolve(NAME + ".new");
        var next = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        try {
            write(next, out, 0);
            next.force(true);
            Files.move(fresh, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        try (var folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
        if (channel != null) {
            channel.close();
        }
        channel = next;
        length = out.size();
    }

    /** Appends and forces; after a failure the file is as before, at the latest before the next append. */
    void append(List<Change> changes) throws IOException {
        var out = new ByteArrayOutputStream();
        changes.forEach(change -> JournalRecord.of(change).write(out));
        var open = channel;
        if (open == null) {
            throw new IOException("the journal is closed");
        }
        if (open.size() != length) {
            open.truncate(length);
        }
        write(open, out, length);
        open.force(false);
        length += out.size();
    }

    private static void write(FileChannel channel, ByteArrayOutputStream out, long position) throws IOException {
        var buffer = ByteBuffer.wrap(out.toByteArray());
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
    }

    long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        lock.close();
    }
}
