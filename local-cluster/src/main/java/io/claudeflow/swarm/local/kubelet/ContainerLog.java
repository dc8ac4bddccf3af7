package io.claudeflow.swarm.local.kubelet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log file of one instance of a container, in the format that CRI prescribes: {@code <RFC 3339 nano> <stream> F <line>}. When
 * it reaches 10 MiB it becomes {@code <file>.1} and a new one begins, so at most 20 MiB are kept. Thread-safe; a disk that is full
 * loses lines, not the container.
 */
final class ContainerLog implements AutoCloseable {
    static final long ROTATE_AT = 10L << 20;
    private static final int LONGEST_LINE = 16 << 10;
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final Logger LOG = LoggerFactory.getLogger(ContainerLog.class);

    private final Path file;
    private final long rotateAt;
    private @Nullable OutputStream out;
    private long size;
    private long lines;
    private boolean closed;

    ContainerLog(Path file) {
        this(file, ROTATE_AT);
    }

    ContainerLog(Path file, long rotateAt) {
        this.file = file;
        this.rotateAt = rotateAt;
    }

    Path file() {
        return file;
    }

    /** The file that {@code file} became when it was full. */
    static Path rotated(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** Adds one line, or several when the text has line breaks. */
    synchronized void write(String stream, String text) {
        if (closed) {
            return;
        }
        var prefix = TIMESTAMP.format(Instant.now()) + " " + stream;
        for (var line : text.split("\n", -1)) {
            int from = 0;
            for (; line.length() - from > LONGEST_LINE; from += LONGEST_LINE) {
                append(prefix + " P " + line.substring(from, from + LONGEST_LINE) + "\n");
            }
            append(prefix + " F " + line.substring(from) + "\n");
        }
        lines++;
        notifyAll();
    }

    private void append(String line) {
        try {
            if (size > rotateAt) {
                rotate();
            }
            var bytes = line.getBytes(StandardCharsets.UTF_8);
            stream().write(bytes);
            size += bytes.length;
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("log line lost");
        }
    }

    private OutputStream stream() throws IOException {
        var stream = out;
        if (stream == null) {
            Files.createDirectories(file.getParent());
            stream = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            size = Files.size(file);
            out = stream;
        }
        return stream;
    }

    private void rotate() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
        Files.move(file, rotated(file), StandardCopyOption.REPLACE_EXISTING);
        size = 0;
    }

    /** How many times something was written. */
    synchronized long lines() {
        return lines;
    }

    /** Waits until more was written than {@code seen} times, or the log is closed, or the time is over. False when closed. */
    synchronized boolean awaitMore(long seen, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (lines == seen && !closed) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return true;
            }
            wait(left);
        }
        return !closed || lines != seen;
    }

    /** Ends the log; those who follow it see the last line and then its end. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                LOG.atDebug().addKeyValue("file", file).setCause(e).log("log not closed");
            }
        }
    }
}
