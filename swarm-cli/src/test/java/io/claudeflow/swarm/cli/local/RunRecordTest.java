package io.claudeflow.swarm.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aProcessThatRunsIsFound() throws IOException {
        var file = folder.resolve("run.properties");
        var record = RunRecord.ofThisProcess(Map.of("default/research-swarm", 3L));
        record.write(file);
        assertEquals(Optional.of(record), RunRecord.running(file));
    }

    @Test
    void anotherProcessOfTheSameNumberIsNot() throws IOException {
        var file = folder.resolve("run.properties");
        new RunRecord(ProcessHandle.current().pid(), Instant.parse("2020-01-01T00:00:00Z"), Map.of()).write(file);
        assertTrue(RunRecord.running(file).isEmpty());
    }

    @Test
    void whatIsNoRecordCountsForNone() throws IOException {
        var file = folder.resolve("run.properties");
        assertTrue(RunRecord.running(file).isEmpty());
        Files.writeString(file, "pid=1\nstar");
        assertTrue(RunRecord.running(file).isEmpty());
    }
}
