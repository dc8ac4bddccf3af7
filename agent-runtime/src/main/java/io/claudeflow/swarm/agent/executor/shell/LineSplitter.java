package io.claudeflow.swarm.agent.executor.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a stream of bytes into lines; a line longer than {@value #LONGEST} bytes comes in pieces. Pure; one thread. */
final class LineSplitter {
    static final int LONGEST = 16 * 1024;

    private byte[] pending = new byte[1024];
    private int length;
    private boolean continued;

    /**
     * A line, or a piece of a long one.
     *
     * @param bytes with the line's end, where it has one
     * @param whole neither begun before nor continued after
     */
    record Piece(byte[] bytes, boolean whole) {
        /** The text without its line end. */
        String text() {
            int end = bytes.length;
            if (end > 0 && bytes[end - 1] == '\n') {
                end--;
            }
            if (end > 0 && bytes[end - 1] == '\r') {
                end--;
            }
            return new String(bytes, 0, end, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** The lines that these bytes complete. */
    List<Piece> accept(byte[] bytes, int count) {
        var pieces = new ArrayList<Piece>();
        for (int i = 0; i < count; i++) {
            if (length == pending.length) {
                pending = Arrays.copyOf(pending, Math.min(LONGEST, pending.length * 2));
            }
            pending[length++] = bytes[i];
            boolean ends = bytes[i] == '\n';
            if (ends || length == LONGEST) {
                pieces.add(take(!continued && ends));
                continued = !ends;
            }
        }
        return pieces;
    }

    /** What is left when the stream has ended. */
    List<Piece> end() {
        return length == 0 ? List.of() : List.of(take(!continued));
    }

    private Piece take(boolean whole) {
        var piece = new Piece(Arrays.copyOf(pending, length), whole);
        length = 0;
        return piece;
    }
}
