package io.claudeflow.swarm.benchmarks.ledger;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How many bytes a replica has written to its Raft log; looked at often enough that no segment is purged unseen. */
final class LogVolume {
    private static final int BLOCK = 1 << 16;

    private final Path volume;
    /** By the segment's first index: the most bytes seen in it. */
    private final Map<String, Long> segments = new HashMap<>();

    LogVolume(Path volume) {
        this.volume = volume;
    }

    long look() throws IOException {
        try (var files = Files.walk(volume)) {
            for (var file : files.filter(file -> file.getFileName().toString().startsWith("log_")).toList()) {
                var parts = file.getFileName().toString().split("[_-]");
                var first = parts[1].equals("inprogress") ? parts[2] : parts[1];
                segments.merge(first, content(file), Math::max);
            }
        } catch (UncheckedIOException purgedMeanwhile) {
            return total();
        }
        return total();
    }

    private long total() {
        return segments.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Without the zeros that Ratis allocates ahead. */
    private static long content(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long end = in.length();
            var block = new byte[BLOCK];
            while (end > 0) {
                int size = (int) Math.min(BLOCK, end);
                in.seek(end - size);
                in.readFully(block, 0, size);
                for (int i = size - 1; i >= 0; i--) {
                    if (block[i] != 0) {
                        return end - size + i + 1;
                    }
                }
                end -= size;
            }
            return 0;
        } catch (FileNotFoundException purged) {
            return 0;
        }
    }
}
