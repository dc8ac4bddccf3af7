package io.claudeflow.swarm.hivemind.ledger;

import static io.claudeflow.swarm.hivemind.ledger.Samples.SPEC;
import static io.claudeflow.swarm.hivemind.ledger.Samples.agent;
import static io.claudeflow.swarm.hivemind.ledger.Samples.assignment;
import static io.claudeflow.swarm.hivemind.ledger.Samples.finished;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.codec.SnapshotCodec;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.Ending;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply.Submitted.Outcome;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of clients, and tasks that leave without a tombstone. */
class ClientsTest {
    private static final String SESSION = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final String OTHER = "00000000-0000-4000-8000-000000000001";
    private static final String USER = "demo-user";

    private final TestLedger ledger = new TestLedger();

    @BeforeEach
    void agents() {
        ledger.apply(new LedgerCommand.Lead(1, 0, 5_000),
                new LedgerCommand.DeclareAgents(List.of(agent("a", 1_000)), Long.MAX_VALUE));
    }

    private static String uid(long request) {
        return new ClientTask(SESSION, request).uid();
    }

    private static LedgerCommand.Submit submit(String session, long request, String submitter) {
        var uid = new ClientTask(session, request).uid();
        return new LedgerCommand.Submit(
                new Task.About(uid, TaskOrigin.CLIENT, "ns", "n", submitter, 1, SPEC, ""), assignment("a"));
    }

    private static LedgerCommand.Settle settle(long upTo) {
        return new LedgerCommand.Settle(SESSION, USER, upTo);
    }

    private Outcome submit(long request) {
        return assertInstanceOf(LedgerResult.Submitted.class, ledger.apply(submit(SESSION, request, USER))).outcome();
    }

    private void end(long request) {
        ledger.apply(finished(uid(request), 1, "a", Ending.SUCCEEDED));
    }

    @Test
    void aRequestIsOneTaskHoweverOftenItIsSaid() {
        assertEquals(Outcome.ACCEPTED, submit(1));
        assertEquals(Outcome.DUPLICATE, submit(1));
        end(1);
        assertEquals(Outcome.FINISHED, submit(1));
    }

    @Test
    void whatIsSettledLeavesWithoutATombstoneAndIsRemembered() {
        for (long request = 1; request <= 5; request++) {
            submit(request);
        }
        for (long request = 1; request <= 3; request++) {
            end(request);
        }
        var applied = ledger.entry(settle(3));
        assertEquals(List.of(new LedgerChange.TaskSettled(uid(1)), new LedgerChange.TaskSettled(uid(2)),
                new LedgerChange.TaskSettled(uid(3))), applied.changes());
        assertEquals(List.of(), ledger.image().tombstones());
        assertEquals(2, ledger.image().tasks().size());
        assertEquals(Outcome.FINISHED, submit(2), "the session's number knows");
        assertNull(ledger.find(uid(2)));
        assertEquals(List.of(), ledger.entry(settle(2)).changes(), "an older settlement changes nothing");
        assertEquals(3, ledger.image().clients().getFirst().settled());
    }

    @Test
    void aTaskThatIsSettledBeforeItsEndLeavesWithIt() {
        submit(1);
        ledger.apply(settle(1));
        assertNotNull(ledger.find(uid(1)));
        var changes = ledger.entry(finished(uid(1), 1, "a", Ending.SUCCEEDED)).changes();
        assertTrue(assertInstanceOf(LedgerChange.TaskChanged.class, changes.getFirst()).task().terminal(),
                "whoever waits is told");
        assertEquals(new LedgerChange.TaskSettled(uid(1)), changes.getLast());
        assertNull(ledger.find(uid(1)));
    }

    @Test
    void aSessionIsOneSubmitters() {
        submit(1);
        var stranger = assertInstanceOf(LedgerResult.Refused.class, ledger.apply(submit(SESSION, 2, "agent/x")));
        assertEquals(ErrorCode.FORBIDDEN, stranger.code());
        assertInstanceOf(LedgerResult.Refused.class, ledger.apply(submit(SESSION, 1, "agent/x")),
                "also of a known task");
        assertInstanceOf(LedgerResult.Refused.class,
                ledger.apply(new LedgerCommand.Settle(SESSION, "agent/x", 1)));
        ledger.tick(Clients.MAX_IDLE_MILLIS + 2_000);
        assertEquals(List.of(), ledger.image().clients());
        assertInstanceOf(LedgerResult.Refused.class, ledger.apply(submit(SESSION, 1, "agent/x")),
                "the task outlives the session and is still another's");
    }

    @Test
    void sessionsAreForgottenAfterAnHourOfSilence() {
        submit(1);
        end(1);
        ledger.apply(settle(1));
        ledger.tick(Clients.MAX_IDLE_MILLIS - 1_000);
        assertEquals(Outcome.FINISHED, submit(1), "this counts as a sign of life");
        ledger.tick(Clients.MAX_IDLE_MILLIS - 1_000);
        assertEquals(1, ledger.image().clients().size());
        ledger.tick(3_000);
        assertEquals(List.of(), ledger.image().clients());
    }

    @Test
    void theMostSilentSessionMakesRoom() {
        for (int n = 0; n <= Clients.MAX_SESSIONS; n++) {
            ledger.apply(new LedgerCommand.Settle(new UUID(1, n).toString(), USER, 1));
        }
        assertEquals(Clients.MAX_SESSIONS, ledger.image().clients().size());
        assertFalse(ledger.image().clients().stream().anyMatch(one -> one.id().equals(new UUID(1, 0).toString())));
    }

    @Test
    void whatWasNotSettledLeavesAfterAnHourWithATombstoneThatNobodyTails() {
        submit(1);
        end(1);
        var image = ledger.image();
        var view = new LedgerView(image, Step.NEVER);
        assertEquals(List.of(), Objects.requireNonNull(view.changes(0, 10)).tasks(), "no SwarmTask, no status");
        var applied = ledger.entryAfter(Finished.MAX_AGE_MILLIS + 1, new LedgerCommand.Tick());
        applied.changes().forEach(view::take);
        view.applied(applied);
        assertNull(view.task(uid(1)));
        assertEquals(List.of(), Objects.requireNonNull(view.changes(image.header().seq(), 10)).gone());
        assertEquals(Outcome.FINISHED, submit(1));
    }

    @Test
    void theOldestLeaveWhenTheFinishedOnesHoldTooMuch() {
        var large = TaskSpec.shell("x".repeat(1 << 20));
        for (int n = 1; n <= 64; n++) {
            ledger.apply(
                    new LedgerCommand.Submit(new Task.About(uid(n), TaskOrigin.CLIENT, "ns", "n", USER, 1, large, ""),
                            assignment("a")));
            end(n);
        }
        // Each has a result beside its mebibyte.
        assertNull(ledger.find(uid(1)));
        assertEquals(63, ledger.image().tasks().size());
        assertEquals(Outcome.FINISHED, submit(1));
    }

    @Test
    void aHugeNumberCostsNothing() {
        submit(1);
        end(1);
        ledger.apply(settle(Long.MAX_VALUE));
        assertEquals(List.of(), ledger.image().tasks());
        assertEquals(Outcome.FINISHED, submit(7));
    }

    @Test
    void uidsAreReadStrictly() {
        assertEquals(new ClientTask(SESSION, 12), ClientTask.of(SESSION + ".12"));
        for (var wrong : List.of(SESSION, SESSION + ".", SESSION + ".0", SESSION + ".01", SESSION + ".1x",
                SESSION + "/1", SESSION + "." + "9".repeat(19))) {
            assertNull(ClientTask.of(wrong), wrong);
        }
        assertTrue(ClientTask.isSession(SESSION));
        for (var wrong : List.of("", "x", SESSION + "0", SESSION.toUpperCase(Locale.ROOT),
                SESSION.replace('-', '0'))) {
            assertFalse(ClientTask.isSession(wrong), wrong);
        }
    }

    @Test
    void aSnapshotAnywhereInHistoryChangesNothing() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var kept = new Ledger(LedgerImage.empty(1));
            var reloaded = new Ledger(LedgerImage.empty(1));
            long time = 1_000;
            for (int entry = 0; entry < 400; entry++) {
                time += random.nextInt(50) == 0 ? 1_900_000 : random.nextInt(700);
                var written = new LedgerEntry(2, 1, time, time, random.nextLong(), commands(random, entry == 0));
                kept.apply(written);
                reloaded.apply(written);
                if (random.nextInt(4) == 0) {
                    reloaded = new Ledger(SnapshotCodec.read(new ByteArrayInputStream(bytes(reloaded))));
                }
                assertArrayEquals(bytes(kept), bytes(reloaded), "seed " + seed + ", entry " + entry);
            }
        }
    }

    private static List<LedgerCommand> commands(Random random, boolean first) {
        var commands = new ArrayList<LedgerCommand>();
        if (first) {
            commands.add(new LedgerCommand.DeclareAgents(List.of(agent("a", 5)), Long.MAX_VALUE));
        }
        for (int n = random.nextInt(1, 6); n > 0; n--) {
            var session = random.nextBoolean() ? SESSION : OTHER;
            var submitter = random.nextInt(8) == 0 ? "agent/x" : USER;
            long request = random.nextInt(1, 40);
            commands.add(switch (random.nextInt(5)) {
                case 0, 1 -> submit(session, request, submitter);
                case 2 -> finished(new ClientTask(session, request).uid(), 1, "a", Ending.SUCCEEDED);
                case 3 -> new LedgerCommand.Cancel(new ClientTask(session, request).uid(), "no");
                default -> new LedgerCommand.Settle(session, submitter, random.nextInt(40));
            });
        }
        return commands;
    }

    private static byte[] bytes(Ledger ledger) throws IOException {
        var out = new ByteArrayOutputStream();
        SnapshotCodec.write(ledger.image(), out);
        return out.toByteArray();
    }
}
