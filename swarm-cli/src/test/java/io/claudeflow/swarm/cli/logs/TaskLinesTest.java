package io.claudeflow.swarm.cli.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskLinesTest {
    private final TaskLines lines = new TaskLines("word-count");

    @Test
    void theTasksOwnLinesAreFound() {
        assertEquals(Optional.of(new TaskLines.Line(1, "README.md has 5 words")), lines
                .of("2026-11-24T15:00:00.000Z INFO  i.c.s.agent.task [word-count#1] README.md has 5 words"));
        assertEquals(Optional.of(new TaskLines.Line(12, "")), lines.of("[word-count#12] "));
        assertEquals(Optional.of(new TaskLines.Line(2, "[word-count#1] x")),
                lines.of("t [word-count#2] [word-count#1] x"));
    }

    @Test
    void othersAreNot() {
        assertTrue(lines.of("t [word-count-2#1] x").isEmpty());
        assertTrue(lines.of("t [other#1] [word-count#1] x").isEmpty());
        assertTrue(lines.of("connected to the hivemind").isEmpty());
    }
}
