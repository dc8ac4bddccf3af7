package io.claudeflow.swarm.agent.executor.shell;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Reads one pipe of a process to its end, line by line, on a thread of its own. */
final class OutputReader {
    private static final int BUFFER = 8 * 1024;
    private static final long STACK = 128 * 1024;

    private final InputStream pipe;
    private final Consumer<List<LineSplitter.Piece>> lines;
    private final Thread thread;

    private OutputReader(InputStream pipe, Consumer<List<LineSplitter.Piece>> lines, String name) {
        this.pipe = pipe;
        this.lines = lines;
        this.thread = Thread.ofPlatform().daemon().name(name).stackSize(STACK).unstarted(this::read);
    }

    static OutputReader start(InputStream pipe, String name, Consumer<List<LineSplitter.Piece>> lines) {
        var reader = new OutputReader(pipe, lines, name);
        reader.thread.start();
        return reader;
    }

    private void read() {
        var splitter = new LineSplitter();
        var buffer = new byte[BUFFER];
        try (pipe) {
            int count;
            while ((count = pipe.read(buffer)) >= 0) {
                tell(splitter.accept(buffer, count));
            }
        } catch (IOException closed) {
            // The process has ended and the JDK closed the pipe under us; what was read counts.
        }
        tell(splitter.end());
    }

    private void tell(List<LineSplitter.Piece> pieces) {
        if (!pieces.isEmpty()) {
            lines.accept(pieces);
        }
    }

    /** Waits until all is read; false: something still holds the pipe. */
    boolean await(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }
}
