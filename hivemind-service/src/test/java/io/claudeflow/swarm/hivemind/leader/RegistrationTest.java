package io.claudeflow.swarm.hivemind.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.Ledger;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerEntry;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Totals;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.hivemind.membership.UnchangingGroup;
import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.hivemind.port.Group;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.hivemind.port.TokenVerifier.Verification;
import io.claudeflow.swarm.hivemind.sim.TestDoor;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Checkpoint;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a leader makes of an agent that comes back, with a log whose entries are committed one by one. */
class RegistrationTest implements LedgerLog, AgentTransport, Meters {
    private record Proposal(LedgerCommand command, Promise<LedgerResult> promise) {}

    private final Ledger ledger = new Ledger(LedgerImage.empty(1));
    private final List<Proposal> proposals = new ArrayList<>();
    private final List<GatewayFrame> sent = new ArrayList<>();
    private final Coordinator leader = new Coordinator(
            new LeaderConfig("uid", "c", 0, Duration.ofSeconds(5), Duration.ofSeconds(1)), this, this, new TestDoor(),
            (token, _) -> new Verification.Agent(token, token, Instant.MAX.minusSeconds(100)),
            (_, _, _) -> Future.succeededFuture(true), this, _ -> {},
            _ -> {},
            this::now, () -> Instant.EPOCH);
    private long time = 1_000;
    private long connections;

    @BeforeEach
    void lead() {
        apply(new LedgerCommand.UpdateTrust(new Trust("i", "a", "n", "s", "u", "j", "{}")));
        apply(new LedgerCommand.DeclareAgents(List.of(Samples.agent("a", 2)), Long.MAX_VALUE));
        leader.leading(1, new LedgerView(ledger.image(), Step.NEVER));
        commit();
    }

    private Applied apply(LedgerCommand command) {
        return ledger.apply(new LedgerEntry(1, 1, ++time, time, 42, List.of(command)));
    }

    /** Commits what waits, and what follows from it. */
    private void commit() {
        while (!proposals.isEmpty()) {
            commitNext();
        }
    }

    private void commitNext() {
        var next = proposals.removeFirst();
        var applied = apply(next.command());
        leader.applied(applied);
        next.promise().complete(applied.results().getFirst());
    }

    private SessionId register(String process, io.claudeflow.swarm.mesh.agent.v1.Step... running) {
        return register(Register.newBuilder().setSession(process).addAllRunning(List.of(running)));
    }

    private SessionId register(Register.Builder register) {
        var id = new SessionId(0, ++connections);
        leader.opened(id);
        leader.frames(id, List.of(AgentFrame.newBuilder().setRegister(register.setToken("pod-a")).build()));
        return id;
    }

    private void submit(String uid) {
        assertFalse(
                leader.handle(
                        new HivemindCommand.SubmitTask(uid, TaskOrigin.CLIENT, "ns", uid, "", 1, Samples.SPEC, ""))
                        .failed());
    }

    private boolean fenced() {
        return sent.stream().anyMatch(frame -> frame.getResultAck().getVerdict() == ResultAck.Verdict.FENCED);
    }

    private Step step() {
        return ledger.image().tasks().stream().map(Task::root).findFirst().orElseThrow();
    }

    @Test
    void onlyTheLogTellsAnAgentToLetGo() {
        register("one", io.claudeflow.swarm.mesh.agent.v1.Step.newBuilder()
                .setTaskUid("t")
                .setAttempt(2)
                .setEpoch(1)
                .build());
        // This replica may have been deposed and know nothing of the second attempt.
        assertFalse(fenced());
        commit();
        assertTrue(fenced());
    }

    @Test
    void aStreamThatWasHeldUpDoesNotTakeTheLaterOnesPlace() {
        register(Register.newBuilder().setSession("one").setStream(2));
        register(Register.newBuilder().setSession("one").setStream(1));
        assertEquals(List.of("WELCOME", "REFUSED"), sent.stream().map(frame -> frame.getBodyCase().name()).toList());
        register(Register.newBuilder().setSession("one").setStream(3));
        assertEquals(2, sent.stream().filter(GatewayFrame::hasWelcome).count());
    }

    @Test
    void aCheckpointThatWillNeverBeTakenIsAnswered() {
        var id = register("one");
        submit("t");
        commit();
        var step = io.claudeflow.swarm.mesh.agent.v1.Step.newBuilder().setTaskUid("t").setAttempt(1).setEpoch(9);
        leader.frames(id, List.of(AgentFrame.newBuilder()
                .setCheckpoint(Checkpoint.newBuilder().setStep(step).setNumber(1))
                .build()));
        assertTrue(fenced());
    }

    @Test
    void anAssignmentToAProcessThatIsGoneIsGivenBack() {
        register("one");
        submit("t");
        register("two");
        commit();
        assertEquals(StepPhase.BACKOFF, step().phase());
        assertEquals(0, step().charged());
        time += 1_000;
        leader.applied(apply(new LedgerCommand.Tick()));
        commit();
        assertEquals(StepPhase.ASSIGNED, step().phase());
        var holder = step().holder();
        assertEquals("two", holder == null ? "" : holder.session());
    }

    @Test
    void whatIsGivenBackIsNotToldToAProcessThatComesMeanwhile() {
        register(Register.newBuilder().setSession("two").setStream(1));
        submit("t");
        // A stream of the process before that one arrives late, and then the living one again.
        register("one");
        while (ledger.image().tasks().isEmpty()) {
            commitNext();
        }
        register(Register.newBuilder().setSession("two").setStream(2));
        commit();
        assertEquals(StepPhase.BACKOFF, step().phase());
        assertFalse(sent.stream().anyMatch(GatewayFrame::hasAssign));
    }

    @Override
    public Future<LedgerResult> submit(LedgerCommand command) {
        var proposal = new Proposal(command, Promise.promise());
        proposals.add(proposal);
        return proposal.promise().future();
    }

    @Override
    public long now() {
        return time;
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public List<Integer> voters() {
        return List.of(0);
    }

    @Override
    public Group group() {
        return new UnchangingGroup();
    }

    @Override
    public Future<Void> start(Listener listener) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        return Future.succeededFuture();
    }

    @Override
    public void leader(int ordinal, long term, AgentSessions sessions) {}

    @Override
    public void send(SessionId session, GatewayFrame frame) {
        sent.add(frame);
    }

    @Override
    public void close(SessionId session) {}

    @Override
    public void ended(Task task) {}

    @Override
    public void totals(Totals totals) {}

    @Override
    public void submitted(TaskOrigin origin) {}

    @Override
    public void observed(int clients, int tasks, int pending) {}

    @Override
    public void committed(long nanos) {}

    @Override
    public void observed(@Nullable SwarmState state, Map<String, Integer> declaredByType) {}
}
