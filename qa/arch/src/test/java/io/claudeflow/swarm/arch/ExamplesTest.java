package io.claudeflow.swarm.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of examples has every example. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("repository.root"), "examples");

    @Test
    void everyExampleIsInTheTable() throws IOException {
        var table = Files.readString(EXAMPLES.resolve("README.md"));
        try (var files = Files.list(EXAMPLES)) {
            var names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .toList();
            assertFalse(names.isEmpty());
            assertEquals(List.of(), names.stream().filter(name -> !table.contains("| [" + name + "](")).toList());
        }
    }
}
