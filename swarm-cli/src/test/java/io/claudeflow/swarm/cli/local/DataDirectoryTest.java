package io.claudeflow.swarm.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.cli.CapturedShell;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {
    private static final Path HERE = Path.of("/somewhere");

    private static DataDirectory of(Map<String, String> variables, String name) {
        return DataDirectory.of(new CapturedShell(HERE, variables).shell(), name, null);
    }

    @Test
    void stateLiesWhereThePersonsSystemWantsIt() {
        assertEquals(Path.of("/h/.local/state/swarm/local"), of(Map.of("HOME", "/h"), "local").path());
        assertEquals(Path.of("/s/swarm/two"), of(Map.of("HOME", "/h", "XDG_STATE_HOME", "/s"), "two").path());
        assertEquals(Path.of("/h/.local/state/swarm/two"),
                of(Map.of("HOME", "/h", "XDG_STATE_HOME", "rel"), "two").path());
    }

    @Test
    void aDirectoryThatIsNamedWins() {
        var data = DataDirectory.of(new CapturedShell(HERE, Map.of()).shell(), "two", Path.of("d"));
        assertEquals(Path.of("/somewhere/d"), data.path());
        assertEquals(" --data-dir d", data.option());
    }
}
