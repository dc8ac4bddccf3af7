package io.claudeflow.swarm.hivemind.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.claudeflow.swarm.hivemind.codec.v1.EntryRecord;
import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.Blob;
import io.claudeflow.swarm.hivemind.ledger.Drain;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerEntry;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.Outcome;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Tombstone;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks.Ack;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Bytes that were written once are read to the same value for ever. With {@code -Dgolden.write=true} files that do not exist yet
 * are written; an existing one is never changed.
 */
class GoldenTest {
    private static final StepKey STEP = new StepKey("task-1", "sub/a", 3);
    private static final Trust TRUST = new Trust("https://issuer", "aud", "ns", "sa", "{\"keys\":[]}");
    private static final AgentDeclaration AGENT = new AgentDeclaration("agent-1", "c-coder-0", "pod-1", "coder", 7,
            List.of("search", "write"), List.of("java"), Map.of("zone", "a", "disk", "ssd"), 2, true, 9);
    private static final Assignment ASSIGNMENT = new Assignment("agent-1", "c-coder-0", "pod-1", "session-1");
    private static final TaskSpec SPEC = new TaskSpec("shell", "echo hi", Map.of("b", "2", "a", "1"), Map.of("E", "e"),
            60, "coder", List.of("search"), List.of("java"), Map.of("name", "coder-0"), Duration.ofSeconds(30),
            Duration.ofMinutes(1), Duration.ofSeconds(60), Duration.ofSeconds(5),
            new Retries(2, Duration.ofSeconds(1), Duration.ofMinutes(1), OnLost.NEVER));
    private static final TaskSpec BARE = new TaskSpec("shell", "", Map.of(), Map.of(), 0, null, List.of(), List.of(),
            Map.of(), null, null, Duration.ofSeconds(60), Duration.ZERO, Retries.DEFAULT);
    private static final Task.About ABOUT = new Task.About("task-1", TaskOrigin.KUBERNETES, "ns", "name", 4, SPEC,
            "00-x");

    private static LedgerEntry entry() {
        var commands = new ArrayList<LedgerCommand>(List.of(new LedgerCommand.Lead(3, 1, 5_000),
                new LedgerCommand.UpdateTrust(TRUST), new LedgerCommand.DeclareAgents(List.of(AGENT), true),
                new LedgerCommand.RemoveAgents(List.of("pod-1"), "deleted"),
                new LedgerCommand.Submit(ABOUT, ASSIGNMENT),
                new LedgerCommand.Submit(new Task.About("t", TaskOrigin.CLIENT, "", "", 0, BARE, ""), null),
                new LedgerCommand.Assign(STEP, ASSIGNMENT), new LedgerCommand.StepStarted(STEP, "agent-1"),
                new LedgerCommand.StepProgress(STEP, "agent-1", 50, "half"),
                new LedgerCommand.StepProgress(STEP, "agent-1", null, ""),
                new LedgerCommand.StepCheckpoint(STEP, "agent-1", 5, Blob.of(new byte[]{1, 2})),
                new LedgerCommand.RejectStep(STEP, "agent-1", "busy"),
                new LedgerCommand.HandBackStep(STEP, "agent-1", Blob.of(new byte[]{3})),
                new LedgerCommand.HandBackStep(STEP, "agent-1", null), new LedgerCommand.LoseAgent("agent-1", "silent"),
                new LedgerCommand.RestartAgent("agent-1", "session-2", List.of(STEP)),
                new LedgerCommand.Cancel("task-1", "no"), new LedgerCommand.Sweep(Set.of("b", "a")),
                new LedgerCommand.Ack(List.of(new Ack("task-1", 8))), new LedgerCommand.BeginDrain(30_000, "deleted"),
                new LedgerCommand.Tick()));
        for (var ending : LedgerCommand.Ending.values()) {
            commands.add(new LedgerCommand.StepFinished(STEP, "agent-1", ending, 2, "out", true, 12, "said"));
        }
        return new LedgerEntry(1, 6, 1_000, 2_000, -3, commands);
    }

    private static LedgerImage image() {
        var steps = new ArrayList<Task>();
        for (var phase : EnumSet.allOf(StepPhase.class)) {
            var step = new Step("", phase, 3, 2, 1, 99, ASSIGNMENT, new Step.Progress(40, "on"),
                    new Step.Checkpoint(2, Blob.of(new byte[]{9})), Instant.ofEpochMilli(5), 1);
            steps.add(new Task(ABOUT, 3, 7, Instant.ofEpochMilli(4), List.of(step), new Task.Cancel("why", true), null,
                    List.of(new TaskTransition(7, Instant.ofEpochMilli(6), "Started", "c-coder-0", 1, "runs"))));
        }
        var bare = new Step("", StepPhase.FINISHED, 0, 0, 0, Step.NEVER, null, null, null, null, null);
        for (var phase : List.of(TaskPhase.COMPLETED, TaskPhase.FAILED, TaskPhase.CANCELLED)) {
            steps.add(new Task(ABOUT, 3, 7, Instant.ofEpochMilli(4), List.of(bare), null,
                    new Outcome(phase, phase == TaskPhase.COMPLETED ? "42" : null, false,
                            phase == TaskPhase.FAILED ? "ExitCode" : null, "sentence", Instant.ofEpochMilli(8), 9),
                    List.of(new TaskTransition(7, Instant.ofEpochMilli(6), "Submitted", null, 0, ""))));
        }
        return new LedgerImage(
                new LedgerImage.Header(6, 50, 1_000, 2, 5, 5_000, TRUST, new Drain(77, "deleted", false)),
                List.of(new Agent(AGENT, 4)), steps, List.of(new Tombstone("gone", 12, 900)));
    }

    @Test
    void theEntryHasEveryCommand() {
        var kinds = entry().commands().stream().map(Object::getClass).distinct().count();
        assertEquals(LedgerCommand.class.getPermittedSubclasses().length, kinds);
    }

    @Test
    void entryOfLevel1() throws IOException {
        var golden = golden("entry-1.bin", EntryCodec.write(entry()));
        assertEquals(entry(), EntryCodec.read(ByteBuffer.wrap(golden)));
    }

    @Test
    void snapshotOfLevel1() throws IOException {
        var written = new ByteArrayOutputStream();
        SnapshotCodec.write(image(), written);
        var golden = golden("snapshot-1.bin", written.toByteArray());
        assertEquals(image(), SnapshotCodec.read(new ByteArrayInputStream(golden)));
        var again = new ByteArrayOutputStream();
        SnapshotCodec.write(SnapshotCodec.read(new ByteArrayInputStream(golden)), again);
        assertArrayEquals(golden, again.toByteArray());
    }

    @Test
    void aCutOrDamagedSnapshotIsRefused() throws IOException {
        var written = new ByteArrayOutputStream();
        SnapshotCodec.write(image(), written);
        var bytes = written.toByteArray();
        for (int length : List.of(0, 1, bytes.length / 2, bytes.length - 1)) {
            var cut = new ByteArrayInputStream(Arrays.copyOf(bytes, length));
            assertThrows(UnreadableException.class, () -> SnapshotCodec.read(cut), "cut at " + length);
        }
        bytes[bytes.length / 2] ^= 1;
        assertThrows(UnreadableException.class, () -> SnapshotCodec.read(new ByteArrayInputStream(bytes)));
    }

    @Test
    void aLaterLevelIsRefusedWithASentence() {
        var later = EntryRecord.newBuilder().setFeatureLevel(2).build();
        var refused = assertThrows(UnreadableException.class,
                () -> EntryCodec.read(ByteBuffer.wrap(later.toByteArray())));
        assertEquals("the log entry has feature level 2, this release reads 1 to 1: start the release that wrote it",
                refused.getMessage());
    }

    private static byte[] golden(String name, byte[] fresh) throws IOException {
        try (var in = GoldenTest.class.getResourceAsStream("/golden/" + name)) {
            if (in == null && Boolean.getBoolean("golden.write")) {
                Files.write(Path.of("src/test/resources/golden", name), fresh);
                return fresh;
            }
            return Objects.requireNonNull(in, name + " is missing: run the tests once with -Dgolden.write=true")
                    .readAllBytes();
        }
    }
}
