package io.claudeflow.swarm.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Standard output and standard error, and what may be done on them. Results go to {@code out}, everything said about them to
 * {@code err}. Any thread may write; a call writes whole lines and flushes.
 */
public final class Terminal {
    /** Set by the launcher when standard output is a terminal: {@code ROWS COLUMNS}. */
    public static final String SIZE = "SWARM_TERMINAL";

    private static final int DEFAULT_ROWS = 24;
    private static final int DEFAULT_COLUMNS = 80;
    private static final int BUFFER = 1 << 16;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean colour;
    private final int rows;
    private final int columns;

    /** A terminal of that size when {@code interactive}, else a pipe. */
    public Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour, int rows, int columns) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.colour = colour;
        this.rows = rows;
        this.columns = columns;
    }

    /** The process's own streams; NO_COLOR and TERM=dumb are honoured. */
    public static Terminal ofProcess(Map<String, String> variables) {
        var out = new PrintStream(new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                false, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        var size = variables.getOrDefault(SIZE, "").split(" ", -1);
        boolean dumb = "dumb".equals(variables.get("TERM"));
        boolean interactive = size.length == 2 && !dumb;
        boolean colour = interactive && variables.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, err, interactive, colour, interactive ? number(size[0], DEFAULT_ROWS) : DEFAULT_ROWS,
                interactive ? number(size[1], DEFAULT_COLUMNS) : DEFAULT_COLUMNS);
    }

    private static int number(String text, int fallback) {
        try {
            int number = Integer.parseInt(text);
            return number > 0 ? number : fallback;
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    /** A line of the result. */
    public synchronized void line(String text) {
        out.append(text).append('\n');
        out.flush();
    }

    /** Text of the result, as it is. */
    public synchronized void text(String text) {
        out.append(text);
        out.flush();
    }

    /** Bytes of the result, as they are. */
    public synchronized void bytes(byte[] data, int length) {
        out.write(data, 0, length);
        out.flush();
    }

    /** A line for the person, not part of the result. */
    public synchronized void say(String text) {
        out.flush();
        err.append(text).append('\n');
        err.flush();
    }

    /** Whether whoever read standard output has gone, for example a {@code head} that saw enough. */
    public boolean closed() {
        return out.checkError();
    }

    /** The streams themselves, for picocli. */
    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    /** Whether standard output is a terminal on which lines may be redrawn. */
    public boolean interactive() {
        return interactive;
    }

    /** Whether colours are wanted. */
    public boolean colour() {
        return colour;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }
}
