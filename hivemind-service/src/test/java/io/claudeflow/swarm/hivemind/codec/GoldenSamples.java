package io.claudeflow.swarm.hivemind.codec;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Arrangement;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.Blob;
import io.claudeflow.swarm.hivemind.ledger.ClientSession;
import io.claudeflow.swarm.hivemind.ledger.Drain;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerEntry;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.Membership;
import io.claudeflow.swarm.hivemind.ledger.Outcome;
import io.claudeflow.swarm.hivemind.ledger.RetryBudget;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Tombstone;
import io.claudeflow.swarm.hivemind.ledger.Totals;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks.Ack;
import io.claudeflow.swarm.mesh.hivemind.JobPhase;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the golden files hold. Those of an older level have what that level knew, and defaults for the rest. */
final class GoldenSamples {
    private static final StepKey STEP = new StepKey("task-1", "sub/a", 3);
    private static final Trust TRUST = trust("", "");
    private static final AgentDeclaration AGENT = agent(null);
    private static final Assignment ASSIGNMENT = new Assignment("agent-1", "c-coder-0", "pod-1", "session-1");
    private static final TaskSpec SPEC = spec(null, null, Resume.NEVER, StepPlace.AGENT, Workflow.NONE);
    private static final TaskSpec BARE = new TaskSpec("shell", "", Map.of(), Map.of(), 0, Matching.ANY,
            new Timeouts(null, null, Duration.ofSeconds(60), null, null, Duration.ZERO), Retries.DEFAULT, Resume.NEVER,
            StepPlace.AGENT, Workflow.NONE);
    private static final Workflow FLOW = new Workflow(
            List.of(new Subtask("a", "echo a", List.of(), null, null, List.of("x", "y"), 1, true),
                    new Subtask("b", "echo b", List.of("a"), "coder", "true", List.of(), 0, false)),
            false);
    private static final Task.About ABOUT = about("", SPEC);

    private GoldenSamples() {}

    private static Trust trust(String userAccount, String jobAccount) {
        return new Trust("https://issuer", "aud", "ns", "sa", userAccount, jobAccount, "{\"keys\":[]}");
    }

    private static AgentDeclaration agent(@Nullable StepKey job) {
        return new AgentDeclaration("agent-1", "c-coder-0", "pod-1", "coder", 7, List.of("search", "write"),
                List.of("java"), Map.of("zone", "a", "disk", "ssd"), 2, true, 9, job);
    }

    private static TaskSpec spec(@Nullable Duration heartbeat, @Nullable Duration deadline, Resume resume,
            StepPlace place, Workflow workflow) {
        return new TaskSpec("shell", "echo hi", Map.of("b", "2", "a", "1"), Map.of("E", "e"), 60,
                new Matching("coder", List.of("search"), List.of("java"), Map.of("name", "coder-0")),
                new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofSeconds(60), heartbeat,
                        deadline, Duration.ofSeconds(5)),
                new Retries(2, Duration.ofSeconds(1), Duration.ofMinutes(1), OnLost.NEVER), resume, place, workflow);
    }

    private static Task.About about(String submitter, TaskSpec spec) {
        return new Task.About("task-1", TaskOrigin.KUBERNETES, "ns", "name", submitter, 4, spec, "00-x");
    }

    static LedgerEntry entry1() {
        return new LedgerEntry(1, 6, 1_000, 2_000, -3, commands1());
    }

    private static List<LedgerCommand> commands1() {
        var commands = new ArrayList<LedgerCommand>(List.of(new LedgerCommand.Lead(3, 1, 5_000),
                new LedgerCommand.UpdateTrust(TRUST), new LedgerCommand.DeclareAgents(List.of(AGENT), Long.MAX_VALUE),
                new LedgerCommand.RemoveAgents(List.of("pod-1"), "deleted"),
                new LedgerCommand.Submit(ABOUT, ASSIGNMENT),
                new LedgerCommand.Submit(new Task.About("t", TaskOrigin.CLIENT, "", "", "", 0, BARE, ""), null),
                new LedgerCommand.Assign(STEP, ASSIGNMENT), new LedgerCommand.StepStarted(STEP, "agent-1"),
                new LedgerCommand.StepProgress(STEP, "agent-1", 50, "half"),
                new LedgerCommand.StepProgress(STEP, "agent-1", null, ""),
                new LedgerCommand.StepCheckpoint(STEP, "agent-1", 5, Blob.of(new byte[]{1, 2})),
                new LedgerCommand.RejectStep(STEP, "agent-1", "busy"),
                new LedgerCommand.HandBackStep(STEP, "agent-1", Blob.of(new byte[]{3})),
                new LedgerCommand.HandBackStep(STEP, "agent-1", null), new LedgerCommand.LoseAgent("agent-1", "silent"),
                new LedgerCommand.RestartAgent("agent-1", "session-2", List.of(STEP)),
                new LedgerCommand.Cancel("task-1", "no"), new LedgerCommand.Sweep(Set.of("b", "a"), Long.MAX_VALUE),
                new LedgerCommand.Ack(List.of(new Ack("task-1", 8))), new LedgerCommand.BeginDrain(30_000, "deleted"),
                new LedgerCommand.Tick()));
        for (var ending : LedgerCommand.Ending.values()) {
            commands.add(new LedgerCommand.StepFinished(STEP, "agent-1", ending, 2, "out", true, 12, "said"));
        }
        return commands;
    }

    static LedgerEntry entry2() {
        var commands = new ArrayList<>(commands1());
        commands.add(new LedgerCommand.DeclareAgents(List.of(agent(STEP)), null));
        commands.add(new LedgerCommand.DeclareAgents(List.of(AGENT), 41L));
        commands.add(new LedgerCommand.Sweep(Set.of("a"), 42));
        for (var place : StepPlace.values()) {
            commands.add(new LedgerCommand.Submit(about("somebody", spec2(place)), null));
        }
        commands.add(new LedgerCommand.UpdateTrust(trust("user", "job")));
        commands.add(new LedgerCommand.Update("task-1", 5, true, 70));
        commands.add(new LedgerCommand.Settle("7c9e6679-7425-40de-944b-e07fc1f90ae7", "user", 9));
        for (var phase : JobPhase.values()) {
            commands.add(new LedgerCommand.JobReport(STEP, phase, 137, "OOMKilled", "killed"));
        }
        commands.add(new LedgerCommand.JobReport(STEP, JobPhase.GONE, null, null, ""));
        for (var decision : LedgerCommand.DecideSubtask.Decision.values()) {
            commands.add(new LedgerCommand.DecideSubtask("task-1", "b", decision, "why"));
        }
        commands.add(new LedgerCommand.SetMembership(new Membership(5, 7)));
        commands.add(new LedgerCommand.SetTopology(RING));
        commands.add(new LedgerCommand.RegainAgent("agent-1"));
        return new LedgerEntry(2, 6, 1_000, 2_000, -3, commands);
    }

    private static TaskSpec spec2(StepPlace place) {
        return spec(Duration.ofSeconds(9), Duration.ofHours(1),
                new Resume(true, Duration.ofSeconds(5), List.of("/checkpoint", "/more")), place, FLOW);
    }

    private static final Arrangement RING = new Arrangement(Topology.RING, List.of("planner", "executor"), 8);

    static LedgerImage image1() {
        var tasks = new ArrayList<Task>();
        var birth = new Task.Birth(3, Instant.ofEpochMilli(4), 0, Step.NEVER);
        var saved = new Step.Checkpoint(2, Blob.of(new byte[]{9}), Instant.EPOCH);
        for (var phase : List.of(StepPhase.WAITING, StepPhase.BACKOFF, StepPhase.ASSIGNED, StepPhase.RUNNING,
                StepPhase.CANCELLING, StepPhase.FINISHED)) {
            tasks.add(open(ABOUT, birth, phase, 0, new Step.Work(saved, Step.NEVER, 0), false,
                    new Task.Wish(Task.Wish.Kind.FORGET, "why")));
        }
        tasks.addAll(ended(birth));
        return image(new Agent(AGENT, 4, 0, false), tasks, RetryBudget.FULL, TRUST, TaskOrigin.KUBERNETES, List.of(),
                null,
                Arrangement.NONE, Totals.NONE);
    }

    static LedgerImage image2() {
        var tasks = new ArrayList<Task>();
        var birth = new Task.Birth(3, Instant.ofEpochMilli(4), 5, 600);
        var about = about("somebody", spec2(StepPlace.JOB));
        var saved = new Step.Checkpoint(2, Blob.of(new byte[]{9}), Instant.ofEpochMilli(77));
        for (var phase : EnumSet.allOf(StepPhase.class)) {
            tasks.add(open(about, birth, phase, 2, new Step.Work(saved, 55, 44), true, null));
        }
        for (var kind : Task.Wish.Kind.values()) {
            tasks.add(open(about, birth, StepPhase.CANCELLING, 1, new Step.Work(null, Step.NEVER, 3), false,
                    new Task.Wish(kind, "why")));
        }
        for (var kind : Step.End.Kind.values()) {
            var step = new Step("sub/b", StepPhase.FINISHED, new Step.Count(1, 1, 0, 0), Step.NEVER, ASSIGNMENT, null,
                    new Step.Work(null, Step.NEVER, 0), Instant.ofEpochMilli(5), 0,
                    new Step.End(kind, kind == Step.End.Kind.COMPLETED ? "42" : null, true, "said"));
            tasks.add(new Task(about, birth, 7, List.of(step), false, null, null, List.of()));
        }
        tasks.addAll(ended(birth));
        return image(new Agent(agent(STEP), 4, 11, true), tasks, new RetryBudget(1_234, 99), trust("user", "job"),
                TaskOrigin.CLIENT,
                List.of(new ClientSession("7c9e6679-7425-40de-944b-e07fc1f90ae7", "user", 9, 950)),
                new Membership(3, 6), RING, new Totals(3, 2, 1, LongStream.rangeClosed(1, 18).boxed().toList(), 77));
    }

    private static Task open(Task.About about, Task.Birth birth, StepPhase phase, int resumed, Step.Work work,
            boolean suspended, Task.@Nullable Wish wish) {
        var step = new Step("", phase, new Step.Count(3, 2, 1, resumed), 99, ASSIGNMENT, new Step.Progress(40, "on"),
                work, Instant.ofEpochMilli(5), 1, null);
        return new Task(about, birth, 7, List.of(step), suspended, wish, null,
                List.of(new TaskTransition(7, Instant.ofEpochMilli(6), "Started", "c-coder-0", 1, "runs")));
    }

    private static List<Task> ended(Task.Birth birth) {
        var bare = new Step("", StepPhase.FINISHED, new Step.Count(0, 0, 0, 0), Step.NEVER, null, null,
                new Step.Work(null, Step.NEVER, 0), null, null, null);
        var tasks = new ArrayList<Task>();
        for (var phase : List.of(TaskPhase.COMPLETED, TaskPhase.FAILED, TaskPhase.CANCELLED)) {
            tasks.add(new Task(ABOUT, birth, 7, List.of(bare), false, null,
                    new Outcome(phase, phase == TaskPhase.COMPLETED ? "42" : null, false,
                            phase == TaskPhase.FAILED ? "ExitCode" : null, "sentence", Instant.ofEpochMilli(8), 9),
                    List.of(new TaskTransition(7, Instant.ofEpochMilli(6), "Submitted", null, 0, ""))));
        }
        return tasks;
    }

    private static LedgerImage image(Agent agent, List<Task> tasks, RetryBudget retries, Trust trust,
            TaskOrigin gone, List<ClientSession> clients, @Nullable Membership membership,
            Arrangement arrangement, Totals totals) {
        return new LedgerImage(
                new LedgerImage.Header(6, 50, 1_000, 2, 5, 5_000, retries, trust, new Drain(77, "deleted", false),
                        membership, arrangement, totals),
                List.of(agent), tasks, List.of(new Tombstone("gone", 12, 900, gone)), clients);
    }
}
