package io.claudeflow.swarm.agent.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumesTest {
    private static final Path ROOT = Path.of("/pods/coder-0");

    @Test
    void aVolumeLiesBelowTheMountRootAndTheRestWhereItSays() {
        var volumes = new Volumes(ROOT, List.of(Path.of("/workspace"), Path.of("/checkpoint")));

        assertTrue(volumes.elsewhere());
        assertEquals(Path.of("/pods/coder-0/checkpoint"), volumes.real("/checkpoint"));
        assertEquals(Path.of("/pods/coder-0/checkpoint/a"), volumes.real("/checkpoint/x/../a/"));
        assertEquals(Path.of("/checkpoints"), volumes.real("/checkpoints"));
        assertEquals(Path.of("/tmp/state"), volumes.real("/tmp/state"));
    }

    @Test
    void inAContainerEverythingLiesWhereItSays() {
        var volumes = new Volumes(Path.of("/"), List.of(Path.of("/checkpoint")));

        assertFalse(volumes.elsewhere());
        assertEquals(Path.of("/checkpoint/a"), volumes.real("/checkpoint/a"));
    }

    @Test
    void pathsThatAreNotAbsoluteAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Volumes(ROOT, List.of(Path.of("checkpoint"))));
        assertThrows(IllegalArgumentException.class, () -> new Volumes(ROOT, List.of(Path.of("/"))));
        assertThrows(IllegalArgumentException.class, () -> Volumes.none().real("state"));
    }
}
