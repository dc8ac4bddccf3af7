package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What a container leaves in its termination log: at most 4 KiB, or the end of its log where it asks for that. */
final class TerminationMessage {
    private static final String DEFAULT_PATH = "/dev/termination-log";
    private static final int BYTES = 4_096;
    private static final int FALLBACK_LINES = 80;
    private static final int FALLBACK_BYTES = 2_048;

    private TerminationMessage() {}

    /** Makes room for the file below that mount root, without the one of the instance before. */
    static void prepare(Container container, Path root) throws IOException {
        var file = file(container, root);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
    }

    /** The message of an instance that has ended; empty when it left none. */
    static String read(Container container, Path root, Exit exit, @Nullable ContainerLog log) {
        try {
            var file = file(container, root);
            if (Files.isReadable(file) && Files.size(file) > 0) {
                try (var in = Files.newInputStream(file)) {
                    return new String(in.readNBytes(BYTES), StandardCharsets.UTF_8);
                }
            }
            boolean fallback = "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
            return exit.code() != 0 && fallback && log != null ? lastLines(log.file()) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Path file(Container container, Path root) {
        var path = container.getTerminationMessagePath();
        return root.resolve((path == null || path.isEmpty() ? DEFAULT_PATH : path).substring(1)).normalize();
    }

    private static String lastLines(Path file) throws IOException {
        var lines = new ArrayDeque<String>();
        var query = new LogQuery(FALLBACK_LINES, -1, null, false, false, false);
        try {
            new LogReader(query, bytes -> lines.add(new String(bytes, StandardCharsets.UTF_8))).read(file, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var text = String.join("", lines);
        return text.substring(Math.max(0, text.length() - FALLBACK_BYTES));
    }
}
