package io.claudeflow.swarm.agent.executor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    @Test
    void linesComeWholeHoweverTheBytesCome() {
        var bytes = "one\r\ntwo\n\nlast".getBytes(StandardCharsets.UTF_8);
        for (int step = 1; step <= bytes.length; step++) {
            assertEquals(List.of("one", "two", "", "last"),
                    split(bytes, step).stream().map(LineSplitter.Piece::text).toList());
        }
    }

    @Test
    void aLongLineComesInPiecesOfWhichNoneIsALine() {
        var bytes = ("x".repeat(LineSplitter.LONGEST + 10) + "\nshort\n").getBytes(StandardCharsets.UTF_8);

        var pieces = split(bytes, 4096);

        assertEquals(3, pieces.size());
        assertFalse(pieces.get(0).whole());
        assertFalse(pieces.get(1).whole());
        assertTrue(pieces.get(2).whole());
    }

    @Test
    void progressIsReadFromItsLine() {
        assertEquals(Optional.of(new ProgressLine(40, "some words")), ProgressLine.parse("::progress 40 some words"));
        assertEquals(Optional.of(new ProgressLine(100, "")), ProgressLine.parse("::progress 100%"));
        assertEquals(Optional.empty(), ProgressLine.parse("::progress 101"));
        assertEquals(Optional.empty(), ProgressLine.parse("progress 40"));
        assertEquals(Optional.empty(), ProgressLine.parse("::progress soon"));
    }

    private static List<LineSplitter.Piece> split(byte[] bytes, int step) {
        var splitter = new LineSplitter();
        var pieces = new ArrayList<LineSplitter.Piece>();
        for (int from = 0; from < bytes.length; from += step) {
            var part = java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step));
            pieces.addAll(splitter.accept(part, part.length));
        }
        pieces.addAll(splitter.end());
        return pieces;
    }
}
