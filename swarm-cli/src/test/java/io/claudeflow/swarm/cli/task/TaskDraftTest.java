package io.claudeflow.swarm.cli.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TaskDraftTest {
    @Test
    void wordsReachTheCommandAsTheyWereTyped() {
        assertEquals("wc -w README.md", TaskDraft.script(List.of("wc", "-w", "README.md")));
        assertEquals("bash -c 'exit 7'", TaskDraft.script(List.of("bash", "-c", "exit 7")));
        assertEquals("echo 'it'\\''s' '$HOME' ''", TaskDraft.script(List.of("echo", "it's", "$HOME", "")));
    }

    @Test
    void namesBeginAsTheirOriginIsCalled() {
        assertEquals("count-words-", TaskDraft.prefixOf("scripts/Count_Words.sh"));
        assertEquals("wc-", TaskDraft.prefixOf("/usr/bin/wc"));
        assertEquals("task-", TaskDraft.prefixOf("-"));
        assertEquals("a".repeat(40) + "-", TaskDraft.prefixOf("a".repeat(60)));
    }
}
