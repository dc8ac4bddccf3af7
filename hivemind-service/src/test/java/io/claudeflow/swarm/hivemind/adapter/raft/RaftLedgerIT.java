package io.claudeflow.swarm.hivemind.adapter.raft;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply.Submitted.Outcome;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Ratis with fsync: one replica and three of them, in one JVM. */
class RaftLedgerIT {
    private static final UUID GROUP = UUID.fromString("2b1f5c1e-0000-4000-8000-000000000001");

    @TempDir
    Path volumes;

    private final List<Replica> replicas = new ArrayList<>();

    @AfterEach
    void close() {
        replicas.forEach(Replica::close);
    }

    @Test
    void oneReplicaLeadsAndFindsItsStateAgain() throws Exception {
        var ports = Replica.freePorts(1);
        var first = replica(GROUP, 0, ports);
        first.start();
        await().atMost(Duration.ofSeconds(5)).until(first::leads);
        assertEquals(new LedgerResult.Submitted(Outcome.ACCEPTED, 1), first.submit(task("a")));
        assertEquals(List.of(0), first.voters());
        first.close();

        var second = replica(GROUP, 0, ports);
        second.start();
        await().atMost(Duration.ofSeconds(5)).until(second::leads);
        assertEquals(new LedgerResult.Submitted(Outcome.DUPLICATE, 1), second.submit(task("a")));
    }

    @Test
    void snapshotsTakeTheLogsPlace() throws Exception {
        var ports = Replica.freePorts(1);
        var first = replica(GROUP, 0, ports);
        first.start();
        await().atMost(Duration.ofSeconds(5)).until(first::leads);
        for (int i = 0; i < 100; i++) {
            first.submit(task("t" + i));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> first.snapshots() > 0);
        first.close();
        var second = replica(GROUP, 0, ports);
        second.start();
        await().atMost(Duration.ofSeconds(5)).until(second::leads);
        assertEquals(100, second.tasks());
    }

    @Test
    void whatWasAnsweredOutlivesACrash() throws Exception {
        var ports = Replica.freePorts(1);
        var first = replica(GROUP, 0, ports);
        first.start();
        await().atMost(Duration.ofSeconds(5)).until(first::leads);
        for (int i = 0; i < 20; i++) {
            first.submit(task("t" + i));
        }
        // What lies on the volume at this moment is what a kill -9 leaves.
        var copy = volumes.resolve("crashed");
        try (var files = Files.walk(volumes.resolve("r0"))) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(volumes.resolve("r0").relativize(file).toString()));
            }
        }
        first.close();
        var second = new Replica(copy, GROUP, 0, ports);
        replicas.add(second);
        second.start();
        await().atMost(Duration.ofSeconds(5)).until(second::leads);
        assertEquals(20, second.tasks());
    }

    @Test
    void anotherReplicaLeadsWhenTheLeaderStops() throws Exception {
        var ports = Replica.freePorts(3);
        var group = List.of(replica(GROUP, 0, ports), replica(GROUP, 1, ports), replica(GROUP, 2, ports));
        for (var replica : group) {
            replica.begin();
        }
        var old = leader(group);
        await().atMost(Duration.ofSeconds(10)).until(() -> old.voters().equals(List.of(0, 1, 2)));
        for (int i = 0; i < 100; i++) {
            assertInstanceOf(LedgerResult.Submitted.class, old.submit(task("t" + i)));
        }
        old.close();
        var rest = group.stream().filter(replica -> replica != old).toList();
        var next = leader(rest);
        assertEquals(100, next.tasks());
        assertEquals(Outcome.DUPLICATE, ((LedgerResult.Submitted) next.submit(task("t99"))).outcome());

        // The one that was away has missed more than the log still holds: it gets a snapshot.
        for (int i = 0; i < 100; i++) {
            next.submit(task("u" + i));
        }
        var back = replica(GROUP, old.ordinal(), ports);
        back.start();
        next.submit(task("v"));
        await().atMost(Duration.ofSeconds(10)).until(() -> next.commitOf(old.ordinal()) > 200);
        next.close();
        var last = leader(List.of(back, rest.stream().filter(replica -> replica != next).findFirst().orElseThrow()));
        assertEquals(201, last.tasks());
    }

    @Test
    void aFollowerRefusesCommands() throws Exception {
        var ports = Replica.freePorts(3);
        var group = List.of(replica(GROUP, 0, ports), replica(GROUP, 1, ports), replica(GROUP, 2, ports));
        for (var replica : group) {
            replica.begin();
        }
        var leader = leader(group);
        var follower = group.stream().filter(replica -> replica != leader).findFirst().orElseThrow();
        var refused = assertThrows(ExecutionException.class, () -> follower.submit(task("a")));
        assertEquals("Unavailable", assertInstanceOf(SwarmException.class, refused.getCause()).code().name());
    }

    @Test
    void theVolumeOfAnotherGroupIsRefused() throws Exception {
        var ports = Replica.freePorts(1);
        var first = replica(GROUP, 0, ports);
        first.start();
        first.close();
        var other = replica(UUID.randomUUID(), 0, ports);
        var refused = assertThrows(ExecutionException.class, other::start);
        assertTrue(String.valueOf(refused.getMessage()).contains("belongs to group " + GROUP), refused::getMessage);
    }

    private Replica replica(UUID group, int ordinal, List<Integer> ports) {
        var replica = new Replica(volumes.resolve("r" + ordinal), group, ordinal, ports);
        replicas.add(replica);
        return replica;
    }

    private static Replica leader(List<Replica> group) {
        await().atMost(Duration.ofSeconds(15)).until(() -> group.stream().anyMatch(Replica::leads));
        return group.stream().filter(Replica::leads).findFirst().orElseThrow();
    }

    private static LedgerCommand task(String uid) {
        return Samples.submit(uid, TaskOrigin.KUBERNETES, Samples.SPEC);
    }
}
