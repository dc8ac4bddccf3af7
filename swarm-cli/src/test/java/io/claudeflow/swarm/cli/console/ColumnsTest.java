package io.claudeflow.swarm.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void cellsStandUnderEachOtherWithoutBlanksAtTheEnd() {
        var columns = new Columns(false);
        var rows = List.of(List.of("NAME", "READY", ""), List.of("a-long-name", "True", "x"));
        columns.fit(rows);
        assertEquals("NAME          READY", columns.header(rows.getFirst()));
        assertEquals("a-long-name   True    x", columns.row(rows.getLast()));
    }

    @Test
    void coloursDoNotMoveColumns() {
        var columns = new Columns(true);
        columns.fit(List.of(List.of("Failed", "x")));
        assertEquals("\u001b[32mTrue\u001b[0m     x", columns.row(List.of("True", "x")));
    }

    @Test
    void agesReadAsKubectlsDo() {
        assertEquals("119s", Age.of(java.time.Duration.ofSeconds(119)));
        assertEquals("2m5s", Age.of(java.time.Duration.ofSeconds(125)));
        assertEquals("11m", Age.of(java.time.Duration.ofSeconds(675)));
        assertEquals("5h", Age.of(java.time.Duration.ofMinutes(310)));
        assertEquals("3d", Age.of(java.time.Duration.ofHours(75)));
        assertEquals("3.2 s", Age.waited(java.time.Duration.ofMillis(3_150)));
        assertEquals("2 min 5 s", Age.waited(java.time.Duration.ofSeconds(125)));
    }
}
