package io.claudeflow.swarm.cli.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path folder = Path.of("");

    private DataDirectory data() {
        return new DataDirectory(folder.resolve("a/b"), " --name b");
    }

    @Test
    void aSecondSwarmIsRefusedWithTheFirstOnesNumber() {
        DataFolder.make(data());
        DataFolder.requireFree(data());
        DataFolder.record(data(), Map.of());
        var failure = assertThrows(SwarmException.class, () -> DataFolder.requireFree(data()));
        assertEquals("a swarm already runs in " + data().path() + " (process " + ProcessHandle.current().pid()
                + "); end it with: swarm down --name b, or start another beside it with --name NAME",
                failure.getMessage());
        DataFolder.forget(data());
        assertFalse(Files.exists(data().runRecord()));
        DataFolder.requireFree(data());
    }

    @Test
    void aPathThatCannotBeMadeIsASentence() throws IOException {
        Files.writeString(folder.resolve("a"), "a file");
        var failure = assertThrows(SwarmException.class, () -> DataFolder.make(data()));
        assertEquals(data().path() + " cannot be written: " + folder.resolve("a")
                + " is a file; make room or make it writable, or name another directory with --data-dir",
                failure.getMessage());
    }
}
