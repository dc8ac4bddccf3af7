package io.claudeflow.swarm.hivemind;

import io.claudeflow.swarm.hivemind.adapter.token.WarmUp;
import io.claudeflow.swarm.hivemind.codec.EntryCodec;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.kit.bus.Json;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.Saved;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What only a leader does, done over and over for nobody, until the JVM has loaded and compiled it: tokens, the messages of the bus,
 * entries of the log. A follower that has never led would otherwise learn all that on its event loop in the very second in which
 * every agent and client waits for it; on two busy cores that second took two.
 */
final class Rehearsal {
    /** As often as HotSpot wants to have seen a method before it compiles it (Tier3InvocationThreshold), and then some. */
    private static final int ROUNDS = 300;
    private static final String NAME = "rehearsal";
    private static final AtomicBoolean HELD = new AtomicBoolean();

    private Rehearsal() {}

    /** Once in a JVM; later calls do nothing. Blocks for about a second of a core. */
    static void hold() {
        if (HELD.getAndSet(true)) {
            return;
        }
        WarmUp.run();
        for (int round = 0; round < ROUNDS; round++) {
            messages();
            entry();
        }
    }

    private static void messages() {
        var request = new HivemindCommand.Request(NAME, 1L, new HivemindCommand.SubmitTask(NAME, TaskOrigin.KUBERNETES,
                NAME, NAME, NAME, 1, spec(), ""));
        travel(request, HivemindCommand.Request.class);
        travel(new HivemindCommand.Request(NAME, 1L, new HivemindCommand.TailTasks(1, 1, Duration.ZERO)),
                HivemindCommand.Request.class);
        travel(new HivemindReply.Submitted(HivemindReply.Submitted.Outcome.ACCEPTED, 1), HivemindReply.class);
        travel(new HivemindReply.TaskPage(List.of(task()), List.of(), 1), HivemindReply.class);
        var state = new SwarmState(NAME, 1, 1, 0, List.of(0), NAME, 0, Map.of(NAME, 1), 0, 0, SwarmState.Drain.NONE, 1);
        travel(state, SwarmState.class);
        travel(new HivemindReply.Presence(state, Set.of(NAME)), HivemindReply.class);
    }

    private static TaskState task() {
        var then = Instant.EPOCH;
        return new TaskState(NAME, TaskOrigin.KUBERNETES, NAME, NAME, 1, 1, TaskPhase.RUNNING, 1, List.of(NAME), 1,
                NAME, then, then, null, null, null, false, null, null, Saved.NOTHING, List.of(), List.of(),
                List.of(new TaskTransition(1, then, NAME, NAME, 1, NAME)));
    }

    private static void entry() {
        var about = new Task.About(NAME, TaskOrigin.KUBERNETES, NAME, NAME, NAME, 1, spec(), "");
        EntryCodec.entry(1, 1, 1, 1, List.of(EntryCodec.command(new LedgerCommand.Submit(about, null))));
    }

    private static TaskSpec spec() {
        return TaskSpec.shell(NAME);
    }

    private static <T> void travel(T message, Class<T> type) {
        try {
            var _ = Json.MAPPER.readValue(Json.MAPPER.writerFor(type).writeValueAsBytes(message), type);
        } catch (IOException e) {
            throw new UncheckedIOException("no I/O happens on an array", e);
        }
    }
}
