package io.claudeflow.swarm.local.api.store;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A journal in a directory, written by one thread of its own. It is rewritten without history at the start, and whenever history
 * has outgrown it.
 */
public final class FileJournal implements Journal {
    private static final long MIN_HISTORY = 16L << 20;

    private final Path directory;
    private final JournalFile file;
    private final WorkerExecutor writer;
    private volatile long compacted;
    private volatile long length;
    private volatile boolean closed;

    private FileJournal(Path directory, JournalFile file, WorkerExecutor writer) {
        this.directory = directory;
        this.file = file;
        this.writer = writer;
    }

    /** A journal and what it held. */
    public record Opened(FileJournal journal, Content content) {}

    /**
     * Opens the journal in a directory, which is made when it is missing. Fails with a {@link SwarmException} when the directory cannot
     * be written, is in use, or the journal is damaged.
     */
    public static Future<Opened> open(Vertx vertx, Path directory) {
        var writer = vertx.createSharedWorkerExecutor("swarm-api-journal-" + directory.toAbsolutePath(), 1);
        return writer.executeBlocking(() -> load(directory, writer)).onFailure(_ -> closeWriter(writer));
    }

    private static void closeWriter(WorkerExecutor writer) {
        writer.close().onFailure(_ -> {
            // Nothing was started on it.
        });
    }

    private static Opened load(Path directory, WorkerExecutor writer) {
        var file = JournalFile.lock(directory);
        try {
            var content = file.read();
            file.rewrite(content);
            var journal = new FileJournal(directory, file, writer);
            journal.compacted = file.length();
            journal.length = file.length();
            return new Opened(journal, content);
        } catch (IOException | RuntimeException e) {
            close(file);
            throw e instanceof SwarmException known ? known : full(directory, e);
        }
    }

    private static void close(JournalFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // The failure that led here is the one to tell.
        }
    }

    private static SwarmException full(Path directory, Throwable cause) {
        return new SwarmException(ErrorCode.EXHAUSTED, "the journal in " + directory + " cannot be written ("
                + cause.getMessage() + "): make room or make it writable; reading goes on", cause);
    }

    @Override
    public Future<Void> append(List<Change> changes, Supplier<Content> state) {
        if (closed) {
            return Future.failedFuture(full(directory, new IOException("it is closed")));
        }
        boolean grown = length > Math.max(MIN_HISTORY, 4 * compacted);
        var content = grown ? state.get() : null;
        return writer.<Void>executeBlocking(() -> {
            if (content != null) {
                file.rewrite(content);
                compacted = file.length();
            } else {
                file.append(changes);
            }
            length = file.length();
            return null;
        }).recover(cause -> Future.failedFuture(full(directory, cause)));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return writer.<Void>executeBlocking(() -> {
            file.close();
            return null;
        }).eventually(writer::close);
    }
}
