package io.claudeflow.swarm.cli.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.cli.local.RunRecord;
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
        try (var first = DataFolder.take(data())) {
            first.record(RunRecord.ofThisProcess(RunRecord.Stage.STARTING, Map.of()));
            var failure = assertThrows(SwarmException.class, () -> DataFolder.take(data()));
            assertEquals("a swarm already runs in " + data().path() + " (process " + ProcessHandle.current().pid()
                    + "); end it with: swarm down --name b, or start another beside it with --name NAME",
                    failure.getMessage());
        }
        assertFalse(Files.exists(data().runRecord()));
        DataFolder.take(data()).close();
    }

    @Test
    void aSwarmThatIsJustStartingIsRefusedToo() {
        try (var first = DataFolder.take(data())) {
            assertTrue(assertThrows(SwarmException.class, () -> DataFolder.take(data())).getMessage()
                    .startsWith("a swarm already runs in " + data().path() + "; "));
        }
    }

    @Test
    void aPathThatCannotBeMadeIsASentence() throws IOException {
        Files.writeString(folder.resolve("a"), "a file");
        var failure = assertThrows(SwarmException.class, () -> DataFolder.take(data()));
        assertTrue(failure.getMessage().startsWith(data().path() + " cannot be written: "), failure.getMessage());
        assertTrue(failure.getMessage().endsWith("name another directory with --data-dir"), failure.getMessage());
    }
}
