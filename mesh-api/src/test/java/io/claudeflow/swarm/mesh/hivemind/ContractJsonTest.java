package io.claudeflow.swarm.mesh.hivemind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.claudeflow.swarm.kit.bus.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every command and reply survives the way across JVMs. */
class ContractJsonTest {
    private static final TaskSpec SPEC = new TaskSpec("shell", "echo hi", Map.of("a", "1"), Map.of(), 50,
            new Matching(null, List.of("search"), List.of(), Map.of("name", "x")),
            new Timeouts(Duration.ofMinutes(5), null, Duration.ofSeconds(60), null, Duration.ofHours(1),
                    Duration.ofSeconds(30)),
            Retries.DEFAULT, new Resume(true, Duration.ofSeconds(5), List.of("/checkpoint")), StepPlace.JOB,
            new Workflow(List.of(new Subtask("a", "echo", List.of("b"), "coder", "true", List.of("x"), 2, true)),
                    false));
    private static final StepKey STEP = new StepKey("t", "", 2);

    @Test
    void commands() throws Exception {
        var agent = new AgentDeclaration("u", "a-0", "p", "coder", 1, List.of("x"), List.of(), Map.of(), 2, true, 7,
                STEP);
        var commands = List.<HivemindCommand>of(new HivemindCommand.TrustUpdate("iss", "aud", "ns", "sa", "user", "job",
                "{}"),
                new HivemindCommand.DeclareAgents(List.of(agent), Long.MAX_VALUE),
                new HivemindCommand.RemoveAgents(List.of("p"), "deleted"),
                new HivemindCommand.SubmitTask("t", TaskOrigin.KUBERNETES, "ns", "n", "somebody", 1, SPEC, "00-…"),
                new HivemindCommand.UpdateTask("t", 3, true, 70),
                new HivemindCommand.JobReport(STEP, "p", JobPhase.FAILED, 137, "OOMKilled", "killed"),
                new HivemindCommand.CancelTask("t", "deleted"),
                new HivemindCommand.SweepTasks(Set.of("t"), Long.MAX_VALUE),
                new HivemindCommand.TailTasks(3, 100, Duration.ofSeconds(10)),
                new HivemindCommand.AckTasks(List.of(new HivemindCommand.AckTasks.Ack("t", 9))),
                new HivemindCommand.DrainSwarm(Duration.ofSeconds(30), "deleted"),
                new HivemindCommand.SetMembership(3, 7),
                new HivemindCommand.SetTopology(Topology.RING, List.of("planner", "executor"), 7),
                new HivemindCommand.ReadPresence());
        assertEquals(HivemindCommand.class.getPermittedSubclasses().length, commands.size(), "one of each");
        for (var command : commands) {
            var request = new HivemindCommand.Request("uid", 1L, command);
            assertEquals(request, roundTrip(request, HivemindCommand.Request.class));
        }
    }

    @Test
    void replies() throws Exception {
        var transition = new TaskTransition(4, Instant.ofEpochMilli(1_000), "Assigned", "a-0", 1, "to a-0");
        var task = new TaskState("t", TaskOrigin.KUBERNETES, "ns", "n", 1, 4, TaskPhase.RUNNING, 1, List.of("a-0"), 10,
                "half", Instant.EPOCH, Instant.EPOCH, null, null, null, false, null, null,
                new Saved(1, 3L, Instant.EPOCH, Duration.ofSeconds(4)), List.of(new JobAttempt(STEP, true)),
                List.of(new SubtaskState("a", SubtaskState.Phase.BLOCKED, 0, 1, List.of(), null)), List.of(transition));
        var state = new SwarmState("uid", 1, 2, 0, List.of(0, 1, 2), "a-0", 5, Map.of("coder", 2), 1, 1,
                SwarmState.Drain.NONE,
                9);
        var replies = List.<HivemindReply>of(new HivemindReply.NotLeader(2), new HivemindReply.StaleEpoch(2),
                new HivemindReply.Committed(4),
                new HivemindReply.Submitted(HivemindReply.Submitted.Outcome.DUPLICATE, 4),
                new HivemindReply.TaskPage(List.of(task), List.of("gone"), 5), new HivemindReply.Resync(9),
                new HivemindReply.Presence(state, Set.of("u")));
        assertEquals(HivemindReply.class.getPermittedSubclasses().length, replies.size(), "one of each");
        for (var reply : replies) {
            assertEquals(reply, roundTrip(reply, HivemindReply.class));
        }
    }

    private static <T> T roundTrip(T value, Class<T> type) throws Exception {
        return Json.MAPPER.readValue(Json.MAPPER.writerFor(type).writeValueAsBytes(value), type);
    }
}
