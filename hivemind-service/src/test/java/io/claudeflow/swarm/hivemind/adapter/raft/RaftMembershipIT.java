package io.claudeflow.swarm.hivemind.adapter.raft;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.Membership;
import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.hivemind.port.GroupDoor;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Ratis with fsync, whose members come and go while commands are written. */
class RaftMembershipIT {
    private static final UUID GROUP = UUID.fromString("2b1f5c1e-0000-4000-8000-000000000002");
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path volumes;

    private final Map<Integer, Replica> replicas = new ConcurrentHashMap<>();
    private List<Integer> ports = List.of();
    private List<Integer> founders = List.of();
    private long generation;

    @BeforeEach
    void ports() throws IOException {
        ports = Replica.freePorts(5);
    }

    @AfterEach
    void close() {
        replicas.values().forEach(Replica::close);
    }

    @Test
    void oneToThreeToFiveToThreeToOneUnderLoad() throws Exception {
        found(1);
        var load = new Load(this::leading);
        load.start();
        for (int wanted : List.of(3, 5, 3, 1)) {
            long begin = System.nanoTime();
            int before = replicas.size();
            want(wanted);
            for (int ordinal = before; ordinal < wanted; ordinal++) {
                join(ordinal);
            }
            awaitVoters(IntStream.range(0, wanted).boxed().toList());
            for (int ordinal = wanted; ordinal < before; ordinal++) {
                Objects.requireNonNull(replicas.remove(ordinal)).close();
            }
            say(before + " -> " + wanted + " replicas", begin);
            if (wanted == 3 && before == 5) {
                load.pause();
                assertEachLeadsWithTheSame(load);
                load.start();
            }
        }
        load.pause();
        assertEquals(load.written(), leader().tasks());
        assertEquals(load.written(), load.accepted(), "each was accepted once");
        System.out.println("commands " + load.written() + ", longest gap " + load.longestGapMillis() + " ms");
        assertTrue(load.written() > 100, () -> "written: " + load.written());
    }

    private void assertEachLeadsWithTheSame(Load load) throws Exception {
        var first = leader().contents();
        assertEquals(load.written(), first.size());
        for (int ordinal : List.of(0, 1, 2)) {
            if (leader().ordinal() != ordinal) {
                leader().handOver(ordinal);
                await().atMost(SOON).until(() -> Objects.requireNonNull(replicas.get(ordinal)).leads());
            }
            assertEquals(first, leader().contents());
        }
    }

    @Test
    void aLostVolumeJoinsUnderANewPeerId() throws Exception {
        found(3);
        want(3);
        leader().submit(task("a"));
        int lost = leader().ordinal() == 0 ? 1 : 0;
        Objects.requireNonNull(replicas.get(lost)).kill();
        delete(volumes.resolve("r" + lost));
        leader().submit(task("b"));
        long begin = System.nanoTime();
        join(lost);
        await().atMost(SOON)
                .until(() -> Files.readString(volumes.resolve("r" + lost + "/identity")).contains("=member"));
        say("a lost volume is a voter again", begin);
        awaitVoters(List.of(0, 1, 2));
        if (leader().ordinal() != lost) {
            leader().handOver(lost);
        }
        await().atMost(SOON).until(() -> Objects.requireNonNull(replicas.get(lost)).leads());
        assertEquals(2, leader().tasks());
    }

    @Test
    void aLeaderThatIsTooManyHandsOverAndGoes() throws Exception {
        found(3);
        leader().submit(task("a"));
        if (leader().ordinal() != 2) {
            leader().handOver(2);
            await().atMost(SOON).until(() -> Objects.requireNonNull(replicas.get(2)).leads());
        }
        want(1);
        awaitVoters(List.of(0));
        assertEquals(1, leader().tasks());
    }

    @Test
    void aJoinerThatIsKilledOnTheWayGoesOnUnderTheSameId() throws Exception {
        found(1);
        want(3);
        var opened = new CompletableFuture<Void>();
        var killed = replica(1, false, (to, request) -> ask(to, request).onSuccess(answer -> {
            if (answer instanceof GroupDoor.Answer.Open) {
                opened.complete(null);
            }
        }));
        killed.start();
        opened.get(20, TimeUnit.SECONDS);
        killed.kill();
        var peer = peerLine(1);
        join(1);
        join(2);
        awaitVoters(List.of(0, 1, 2));
        assertEquals(peer, peerLine(1));
    }

    @Test
    void aReplicaThatWasTakenOutDoesNotDisturbAndIsToldSo() throws Exception {
        found(3);
        leader().submit(task("a"));
        if (leader().ordinal() == 2) {
            leader().handOver(0);
            await().atMost(SOON).until(() -> Objects.requireNonNull(replicas.get(0)).leads());
        }
        // It is away while it is taken out, so its volume does not know.
        Objects.requireNonNull(replicas.remove(2)).kill();
        want(1);
        awaitVoters(List.of(0));
        var back = replica(2, false, this::ask);
        back.start();
        await().atMost(SOON).until(() -> back.failure() != null);
        var sentence = String.valueOf(Objects.requireNonNull(back.failure()).getMessage());
        assertTrue(sentence.contains("taken out"), sentence);
        leader().submit(task("b"));
        assertEquals(List.of(0), leader().voters());
    }

    @Test
    void theVolumeOfAnotherReplicaIsRefused() throws Exception {
        found(1);
        Objects.requireNonNull(replicas.remove(0)).close();
        Files.move(volumes.resolve("r0"), volumes.resolve("r1"));
        var refused = assertThrows(ExecutionException.class, () -> replica(1, false, this::ask).start());
        assertTrue(String.valueOf(refused.getMessage()).contains("belongs to replica 0, not to 1"),
                refused::getMessage);
    }

    private void found(int count) throws Exception {
        founders = IntStream.range(0, count).boxed().toList();
        for (int ordinal : founders) {
            put(ordinal, new Replica(volumes.resolve("r" + ordinal), GROUP, ordinal, ports, founders, true, this::ask))
                    .begin();
        }
        awaitVoters(founders);
    }

    private void join(int ordinal) throws Exception {
        replica(ordinal, false, this::ask).start();
    }

    private Replica replica(int ordinal, boolean founding, GroupDoor door) {
        return put(ordinal,
                new Replica(volumes.resolve("r" + ordinal), GROUP, ordinal, ports, founders, founding, door));
    }

    private Replica put(int ordinal, Replica replica) {
        var before = replicas.put(ordinal, replica);
        if (before != null) {
            before.close();
        }
        return replica;
    }

    private Future<GroupDoor.Answer> ask(int to, GroupDoor.Request request) {
        var asked = replicas.get(to);
        return asked == null ? Future.failedFuture("nobody is there") : asked.join(request);
    }

    private void want(int count) throws Exception {
        leader().submit(new LedgerCommand.SetMembership(new Membership(count, ++generation)));
    }

    private void awaitVoters(List<Integer> voters) {
        await().atMost(SOON).ignoreExceptions().until(() -> leader().voters().equals(voters));
    }

    private Replica leader() {
        await().atMost(SOON).until(() -> replicas.values().stream().anyMatch(Replica::leads));
        return leading().orElseThrow();
    }

    private Optional<Replica> leading() {
        return replicas.values().stream().filter(Replica::leads).findFirst();
    }

    private String peerLine(int ordinal) throws IOException {
        return Files.readAllLines(volumes.resolve("r" + ordinal + "/identity"))
                .stream()
                .filter(line -> line.startsWith("peer="))
                .findFirst()
                .orElseThrow();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void say(String what, long begin) {
        System.out.println(what + ": " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    private static LedgerCommand task(String uid) {
        return Samples.submit(uid, TaskOrigin.KUBERNETES, Samples.SPEC);
    }
}
