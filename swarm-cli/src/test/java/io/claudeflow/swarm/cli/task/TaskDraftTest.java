package io.claudeflow.swarm.cli.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TaskDraftTest {
    private static final String THERE = "cd \"${SWARM_WORKSPACE:-.}\" || exit\n";

    @Test
    void wordsReachTheCommandAsTheyWereTyped() {
        assertEquals(THERE + "wc -w README.md\n", TaskDraft.script(List.of("wc", "-w", "README.md")));
        assertEquals(THERE + "bash -c 'exit 7'\n", TaskDraft.script(List.of("bash", "-c", "exit 7")));
        assertEquals(THERE + "echo 'it'\\''s' '$HOME' ''\n", TaskDraft.script(List.of("echo", "it's", "$HOME", "")));
    }

    @Test
    void namesBeginAsTheirOriginIsCalled() {
        assertEquals("count-words-", TaskDraft.prefixOf("scripts/Count_Words.sh"));
        assertEquals("wc-", TaskDraft.prefixOf("/usr/bin/wc"));
        assertEquals("task-", TaskDraft.prefixOf("-"));
        assertEquals("a".repeat(40) + "-", TaskDraft.prefixOf("a".repeat(60)));
    }
}
