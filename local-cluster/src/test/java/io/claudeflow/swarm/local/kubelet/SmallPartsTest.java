package io.claudeflow.swarm.local.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.kit.error.SwarmException;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPartsTest {
    @TempDir
    Path folder;

    @Test
    void anImageIsFoundWithoutTagAndDigest() {
        assertEquals("swarm/agent", Image.repository("swarm/agent"));
        assertEquals("swarm/agent", Image.repository("swarm/agent:0.1"));
        assertEquals("host:5000/swarm/agent", Image.repository("host:5000/swarm/agent"));
        assertEquals("host:5000/swarm/agent", Image.repository("host:5000/swarm/agent:0.1@sha256:00"));
    }

    @Test
    void restartsWaitLongerAndLongerUnlessTheContainerWasStable() {
        var backOff = new BackOff();
        var now = Instant.now();
        assertEquals(Duration.ZERO, backOff.after(now, now.plusSeconds(1)));
        assertEquals(Duration.ofSeconds(1), backOff.after(now, now.plusSeconds(1)));
        for (int i = 0; i < 10; i++) {
            backOff.after(now, now);
        }
        assertEquals(Duration.ofSeconds(60), backOff.after(now, now));

        assertEquals(Duration.ZERO, backOff.after(now, now.plusSeconds(601)));
    }

    @Test
    void theHeapIsAPartOfTheLimitElseTheRequest() {
        assertEquals(0, Heap.bytes(null));
        assertEquals(70L << 20,
                Heap.bytes(new ResourceRequirementsBuilder().addToLimits("memory", new Quantity("100Mi"))
                        .addToRequests("memory", new Quantity("50Mi"))
                        .build()));
        assertEquals(50L << 20,
                Heap.bytes(new ResourceRequirementsBuilder().addToRequests("memory", new Quantity("50Mi")).build()));
    }

    @Test
    void addressesAreKeptAndGivenBack() throws Exception {
        var file = folder.resolve("network");
        var addresses = PodAddresses.open(file);
        var first = addresses.of("a", null);
        var second = addresses.of("b", null);
        assertNotEquals(first, second);
        assertEquals(first, addresses.of("a", null));
        var taken = assertThrows(SwarmException.class, () -> PodAddresses.open(file));
        assertTrue(String.valueOf(taken.getMessage()).contains("another local cluster has the network"));
        addresses.close();

        var again = PodAddresses.open(file);
        again.retain(Set.of("b"));

        assertEquals(second, again.of("b", null));
        assertEquals(first, again.of("c", first));
        assertEquals(3, Files.readAllLines(file).size());
        again.close();
    }
}
