package io.claudeflow.swarm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.error.SwarmException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void aSecondClusterIsRefusedWithThePidOfTheFirst() {
        var path = folder.resolve("data");
        try (var _ = DataDirectory.open(path)) {
            var refused = assertThrows(SwarmException.class, () -> DataDirectory.open(path));
            assertEquals("data directory " + path + " is in use by process " + ProcessHandle.current().pid()
                    + ": end it with 'swarm down', or choose another --name or --data-dir", refused.getMessage());
        }
        DataDirectory.open(path).close();
    }

    @Test
    void aPlaceThatIsNoDirectoryIsASentence() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "x");

        var refused = assertThrows(SwarmException.class, () -> DataDirectory.open(file.resolve("data")));

        assertTrue(String.valueOf(refused.getMessage()).contains("cannot be written"), refused.getMessage());
    }
}
