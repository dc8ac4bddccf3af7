package io.claudeflow.swarm.local.kubelet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a container's log file, and follows it while the container runs. Blocking; one use. */
final class LogReader {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final LogQuery query;
    private final Sink sink;
    private long budget;

    /** Where the bytes go; blocks while the receiver is slow. */
    @FunctionalInterface
    interface Sink {
        /** False when nobody listens any more. */
        boolean write(byte[] bytes) throws IOException;
    }

    LogReader(LogQuery query, Sink sink) {
        this.query = query;
        this.sink = sink;
        this.budget = query.limitBytes() < 0 ? Long.MAX_VALUE : query.limitBytes();
    }

    /**
     * Writes the wanted part of the file.
     *
     * @param live the log that is still written, or null when the instance has ended
     */
    void read(Path file, @Nullable ContainerLog live) throws IOException, InterruptedException {
        long seen = live == null ? 0 : live.lines();
        var tail = new ArrayDeque<byte[]>();
        if (Files.exists(ContainerLog.rotated(file)) && query.tailLines() != 0) {
            try (var lines = new Lines(ContainerLog.rotated(file))) {
                drain(lines, tail);
            }
        }
        if (!Files.exists(file) && live == null) {
            flush(tail);
            return;
        }
        var lines = Files.exists(file) ? new Lines(file) : null;
        try {
            if (lines != null) {
                drain(lines, tail);
            }
            if (!flush(tail) || !query.follow() || live == null) {
                return;
            }
            boolean open = true;
            while (open && budget > 0) {
                open = live.awaitMore(seen, LOOK_AGAIN);
                seen = live.lines();
                lines = lines == null && Files.exists(file) ? new Lines(file) : lines;
                if (lines != null && !forward(lines)) {
                    return;
                }
                // A file that was full has another name now; what this reader has open was read to its end.
                if (lines != null && lines.replaced(file)) {
                    lines.close();
                    lines = new Lines(file);
                    if (!forward(lines)) {
                        return;
                    }
                }
            }
        } finally {
            if (lines != null) {
                lines.close();
            }
        }
    }

    /** Reads to the end of the file: straight to the sink, or the last lines into the deque. */
    private void drain(Lines lines, ArrayDeque<byte[]> tail) throws IOException {
        byte[] line;
        while ((line = lines.next()) != null) {
            var wanted = wanted(line);
            if (wanted == null) {
                continue;
            }
            if (query.tailLines() < 0) {
                if (!emit(wanted)) {
                    return;
                }
            } else if (query.tailLines() > 0) {
                tail.add(wanted);
                if (tail.size() > query.tailLines()) {
                    tail.remove();
                }
            }
        }
    }

    private boolean forward(Lines lines) throws IOException {
        byte[] line;
        while ((line = lines.next()) != null) {
            var wanted = wanted(line);
            if (wanted != null && !emit(wanted)) {
                return false;
            }
        }
        return sink.write(new byte[0]);
    }

    private boolean flush(ArrayDeque<byte[]> tail) throws IOException {
        for (var line : tail) {
            if (!emit(line)) {
                return false;
            }
        }
        return budget > 0;
    }

    private boolean emit(byte[] line) throws IOException {
        var bytes = line.length <= budget ? line : Arrays.copyOf(line, (int) budget);
        budget -= bytes.length;
        return sink.write(bytes) && budget > 0;
    }

    /** The line as it is shown, or null when it is older than wanted. */
    private byte @Nullable [] wanted(byte[] raw) {
        var line = new String(raw, StandardCharsets.UTF_8);
        int time = line.indexOf(' ');
        int stream = line.indexOf(' ', time + 1);
        int tag = line.indexOf(' ', stream + 1);
        if (time < 0 || stream < 0 || tag < 0) {
            return null;
        }
        var since = query.since();
        try {
            if (since != null && Instant.parse(line.substring(0, time)).isBefore(since)) {
                return null;
            }
        } catch (DateTimeParseException e) {
            return null;
        }
        boolean partial = line.substring(stream + 1, tag).equals("P");
        var text = (query.timestamps() ? line.substring(0, time + 1) : "") + line.substring(tag + 1)
                + (partial ? "" : "\n");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whole lines of a file that may still grow. */
    private static final class Lines implements AutoCloseable {
        private final InputStream in;
        private final Object identity;
        private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

        Lines(Path file) throws IOException {
            this.identity = identity(file);
            this.in = new BufferedInputStream(Files.newInputStream(file));
        }

        /** The next whole line, or null when there is none yet. */
        byte @Nullable [] next() throws IOException {
            int next;
            while ((next = in.read()) >= 0) {
                if (next == '\n') {
                    var line = partial.toByteArray();
                    partial.reset();
                    return line;
                }
                partial.write(next);
            }
            return null;
        }

        boolean replaced(Path file) throws IOException {
            return Files.exists(file) && !identity.equals(identity(file));
        }

        private static Object identity(Path file) throws IOException {
            var key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
