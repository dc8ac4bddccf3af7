package io.claudeflow.swarm.hivemind.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.codec.EntryCodec;
import io.claudeflow.swarm.hivemind.codec.SnapshotCodec;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand.Ending;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Verdict;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Verdict.Kind;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks.Ack;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Random histories: tasks, agents that work, die, restart and report twice, leaders that change and hear everything again. Checks
 * that a task has at most one result and is never lost, that fences hold, and that a replay and a restart from a snapshot end in
 * the same bytes. {@code -Dsim.seed=N} replays one.
 */
class LedgerSim {
    private static final int RUNS = Integer.getInteger("sim.runs", 30);
    private static final int ENTRIES = 400;
    private static final List<String> AGENTS = List.of("a", "b", "c", "d");

    @Test
    void randomHistories(TestInfo info) throws IOException {
        var given = System.getProperty("sim.seed");
        long first = given == null ? System.nanoTime() : Long.parseLong(given);
        for (long seed = first; seed < first + (given == null ? RUNS : 1); seed++) {
            try {
                new History(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(info.getDisplayName() + ": replay with -Dsim.seed=" + seed, e);
            }
        }
    }

    private static final class History {
        private final Random random;
        private final List<byte[]> log = new ArrayList<>();
        private final Set<String> submitted = new HashSet<>();
        private final Map<String, String> results = new HashMap<>();
        private final Map<String, Integer> stored = new HashMap<>();
        private final Set<String> gone = new HashSet<>();
        private final List<LedgerCommand> reports = new ArrayList<>();
        private Ledger ledger = new Ledger(LedgerImage.empty(1));
        private LedgerView view = new LedgerView(ledger.image(), Step.NEVER);
        private long time = 1_000;
        private int sessions;
        private byte[] snapshot;
        private int snapshotAt;

        History(long seed) throws IOException {
            random = new Random(seed);
            snapshot = bytes(ledger);
        }

        void run() throws IOException {
            write(List.of(new LedgerCommand.Lead(1, 0, 5_000), new LedgerCommand.DeclareAgents(
                    AGENTS.stream().map(name -> Samples.agent(name, 2)).toList(), Long.MAX_VALUE)));
            for (int i = 0; i < ENTRIES; i++) {
                time += random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(200);
                var commands = new ArrayList<LedgerCommand>();
                for (int n = random.nextInt(1, 6); n > 0; n--) {
                    commands.add(command());
                }
                write(commands);
                if (random.nextInt(50) == 0) {
                    snapshot = bytes(ledger);
                    snapshotAt = log.size();
                }
            }
            settle();
            replay();
        }

        private LedgerCommand command() {
            return switch (random.nextInt(18)) {
                case 0, 1, 2 -> submit();
                case 3, 4, 5 -> assign();
                case 6, 7, 8 -> report();
                case 9 -> again();
                case 10 -> new LedgerCommand.LoseAgent(agent(), "silent");
                case 11 -> new LedgerCommand.RestartAgent(agent(), "session-" + ++sessions, List.of());
                case 12 -> new LedgerCommand.Cancel(task(), "no");
                case 13 -> new LedgerCommand.HandBackStep(held(), agent(), null);
                case 14 -> ack();
                case 15 -> new LedgerCommand.RegainAgent(agent());
                case 16 -> new LedgerCommand.SetTopology(new Arrangement(
                        Topology.values()[random.nextInt(Topology.values().length)], List.of(), random.nextInt(9)));
                default -> new LedgerCommand.Tick();
            };
        }

        private LedgerCommand submit() {
            var uid = random.nextInt(5) == 0 && !submitted.isEmpty() ? task() : "t" + submitted.size();
            submitted.add(uid);
            var retries = new Retries(random.nextInt(4), Duration.ofMillis(100), Duration.ofSeconds(2),
                    random.nextInt(4) == 0 ? OnLost.NEVER : OnLost.RETRY);
            var spec = Samples.spec(random.nextBoolean() ? Duration.ofSeconds(20) : null,
                    random.nextInt(4) == 0 ? Duration.ofSeconds(60) : null, retries);
            var origin = random.nextInt(4) == 0 ? TaskOrigin.CLIENT : TaskOrigin.KUBERNETES;
            var plain = Samples.submit(uid, origin, spec);
            return random.nextBoolean() ? plain : new LedgerCommand.Submit(plain.task(), assignment());
        }

        private LedgerCommand assign() {
            var task = view.task(task());
            return new LedgerCommand.Assign(task == null ? held() : task.key(task.root()), assignment());
        }

        /** What the agent of some held step says; kept, because agents say it again to the next leader. */
        private LedgerCommand report() {
            var key = held();
            var task = view.task(key.taskUid());
            var holder = task == null ? null : task.root().holder();
            var agent = holder == null || random.nextInt(10) == 0 ? agent() : holder.agentUid();
            if (random.nextInt(3) == 0) {
                return new LedgerCommand.StepProgress(key, agent, random.nextInt(101), "on");
            }
            var ending = Ending.values()[random.nextInt(Ending.values().length)];
            var report = Samples.finished(key.taskUid(), key.attempt(), agent, ending);
            reports.add(report);
            return report;
        }

        private LedgerCommand again() {
            return reports.isEmpty() ? new LedgerCommand.Tick() : reports.get(random.nextInt(reports.size()));
        }

        private LedgerCommand ack() {
            var task = view.task(task());
            return task == null
                    ? new LedgerCommand.Tick()
                    : new LedgerCommand.Ack(List.of(new Ack(task.uid(),
                            random.nextInt(3) == 0 ? task.seq() - 1 : task.seq())));
        }

        private StepKey held() {
            var all = view.tasks().stream().filter(task -> task.root().phase().held()).map(Task::uid).sorted().toList();
            if (all.isEmpty()) {
                return new StepKey(task(), "", 1 + random.nextInt(3));
            }
            var task = Objects.requireNonNull(view.task(all.get(random.nextInt(all.size()))));
            return task.key(task.root());
        }

        private String task() {
            return "t" + random.nextInt(Math.max(1, submitted.size()));
        }

        private String agent() {
            return AGENTS.get(random.nextInt(AGENTS.size()));
        }

        private Assignment assignment() {
            return Samples.assignment(agent());
        }

        /** Writes an entry as a leader does, through its bytes, and checks what it came to. */
        private void write(List<LedgerCommand> commands) {
            var bytes = EntryCodec.write(new LedgerEntry(1, 1, time, time + 7, random.nextLong(), commands));
            log.add(bytes);
            var applied = ledger.apply(EntryCodec.read(ByteBuffer.wrap(bytes)));
            assertEquals(commands.size(), applied.results().size());
            for (var change : applied.changes()) {
                check(change);
                view.take(change);
            }
            view.applied(applied);
            for (int i = 0; i < commands.size(); i++) {
                check(commands.get(i), applied.results().get(i));
            }
            for (var agent : AGENTS) {
                long load = view.tasks()
                        .stream()
                        .map(task -> task.root().holder())
                        .filter(holder -> holder != null && holder.agentUid().equals(agent))
                        .count();
                assertTrue(load <= 2, agent + " holds " + load);
            }
        }

        private void check(LedgerChange change) {
            if (change instanceof LedgerChange.TaskGone(var tombstone)) {
                assertTrue(gone.add(tombstone.taskUid()), "left twice: " + tombstone);
            } else if (change instanceof LedgerChange.TaskChanged(var task)) {
                var outcome = task.outcome();
                assertTrue(task.root().phase() == StepPhase.FINISHED == (outcome != null), task.uid());
                if (outcome != null) {
                    var before = results.put(task.uid(), outcome.toString());
                    assertTrue(before == null || before.equals(outcome.toString()), "two results: " + task.uid());
                }
            }
        }

        private void check(LedgerCommand command, LedgerResult result) {
            if (command instanceof LedgerCommand.StepFinished report
                    && result.equals(new Verdict(Kind.STORED))) {
                int last = stored.getOrDefault(report.step().taskUid(), 0);
                assertTrue(report.step().attempt() > last, "an attempt's result was stored twice or late: " + report);
                stored.put(report.step().taskUid(), report.step().attempt());
            }
        }

        /** A new leader works everything off: then every task has its end. */
        private void settle() {
            view = new LedgerView(ledger.image(), ledger.nextDeadline());
            for (int round = 0; round < 400; round++) {
                time += 5_000;
                var commands = new ArrayList<LedgerCommand>(reports);
                reports.clear();
                for (var task : view.tasks()) {
                    var holder = task.root().holder();
                    if (holder != null) {
                        commands.add(Samples.finished(task.uid(), task.root().begun(), holder.agentUid(),
                                Ending.SUCCEEDED));
                    } else if (task.root().phase() == StepPhase.WAITING) {
                        commands.add(new LedgerCommand.Assign(task.key(task.root()), assignment()));
                    }
                }
                commands.add(new LedgerCommand.Tick());
                write(commands);
            }
            for (var uid : submitted) {
                var task = view.task(uid);
                if (task == null) {
                    assertTrue(gone.contains(uid), uid + " is lost");
                    assertNotNull(results.get(uid), uid + " left without a result");
                } else {
                    assertNotNull(task.outcome(), uid + " has no end: " + task);
                }
            }
        }

        private void replay() throws IOException {
            var fresh = new Ledger(LedgerImage.empty(1));
            log.forEach(bytes -> fresh.apply(EntryCodec.read(ByteBuffer.wrap(bytes))));
            assertArrayEquals(bytes(ledger), bytes(fresh), "a replay ends elsewhere");
            var resumed = new Ledger(SnapshotCodec.read(new ByteArrayInputStream(snapshot)));
            log.subList(snapshotAt, log.size())
                    .forEach(bytes -> resumed.apply(EntryCodec.read(ByteBuffer.wrap(bytes))));
            assertArrayEquals(bytes(ledger), bytes(resumed), "a restart from the snapshot ends elsewhere");
            assertEquals(view.seq(), ledger.image().header().seq());
            assertEquals(Set.copyOf(view.tasks()), Set.copyOf(ledger.image().tasks()), "the leader's view is true");
        }

        private static byte[] bytes(Ledger ledger) throws IOException {
            var out = new ByteArrayOutputStream();
            SnapshotCodec.write(ledger.image(), out);
            return out.toByteArray();
        }
    }
}
