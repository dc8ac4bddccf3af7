package io.claudeflow.swarm.hivemind.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.hivemind.sim.QuietSwarm;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.task.v1.Cancel;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.Hello;
import io.claudeflow.swarm.mesh.task.v1.Settle;
import io.claudeflow.swarm.mesh.task.v1.Submit;
import io.claudeflow.swarm.mesh.task.v1.TaskEnd;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The leader's desk for clients, in virtual time: one agent of three places, its token among those who submit. */
class ClientDeskTest {
    private static final String SESSION = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final String USER = QuietSwarm.USER_TOKEN;

    private final QuietSwarm swarm = new QuietSwarm(7, 1);

    private List<TaskFrame> say(long stream, ClientFrame... frames) {
        swarm.leader().said(stream, List.of(frames));
        swarm.run(50);
        return swarm.door().take(stream);
    }

    private static ClientFrame hello(String token, String session) {
        return ClientFrame.newBuilder().setHello(Hello.newBuilder().setToken(token).setSession(session)).build();
    }

    private static ClientFrame submit(long request) {
        return submit(request, Work.newBuilder().setScript("true").build());
    }

    private static ClientFrame submit(long request, Work work) {
        return ClientFrame.newBuilder()
                .setSubmit(Submit.newBuilder().setRequest(request).setName("t" + request).setWork(work))
                .build();
    }

    private static ClientFrame cancel(long request) {
        return ClientFrame.newBuilder().setCancel(Cancel.newBuilder().setRequest(request).setReason("no")).build();
    }

    private void welcome(long stream, String token, String session) {
        assertTrue(say(stream, hello(token, session)).getFirst().getWelcome().getLeads());
    }

    private void refused(String code, long stream, ClientFrame frame) {
        assertEquals(code, say(stream, frame).getFirst().getRefused().getCode());
        assertTrue(swarm.door().closed(stream));
    }

    private TaskFrame rejected(String code, List<TaskFrame> told) {
        assertEquals(1, told.size(), told::toString);
        assertEquals(code, told.getFirst().getRejected().getCode());
        return told.getFirst();
    }

    @Test
    void aTaskIsAcceptedAndFinished() {
        welcome(1, USER, SESSION);
        var told = new ArrayList<>(say(1, submit(1)));
        swarm.run(10_000);
        told.addAll(swarm.door().take(1));
        assertEquals(SESSION + ".1", told.get(0).getAccepted().getTaskUid());
        assertFalse(told.get(0).getAccepted().getDuplicate());
        assertEquals(TaskEnd.COMPLETED, told.get(1).getFinished().getEnd());
        assertEquals(2, told.size());
        var task = swarm.image().tasks().getFirst();
        assertEquals("demo-user", task.about().submitter());
        var again = say(1, submit(1));
        assertTrue(again.get(0).getAccepted().getDuplicate());
        assertEquals(told.get(1), again.get(1), "the same answer");
        say(1, ClientFrame.newBuilder().setSettle(Settle.newBuilder().setUpTo(1)).build());
        assertEquals(List.of(), swarm.image().tasks());
        assertEquals("Forgotten", say(1, submit(1)).get(1).getFinished().getReason());
    }

    @Test
    void whoIsNotWelcomeIsToldWhy() {
        refused("Invalid", 1, submit(1));
        refused("Invalid", 2, hello(USER, "my-session"));
        refused("Unauthenticated", 3, hello(QuietSwarm.BAD_TOKEN, SESSION));
        refused("Forbidden", 4, hello("pod-of-nobody@999999999999999", SESSION));
        refused("Unauthenticated", 5, hello(QuietSwarm.EXPIRED_TOKEN, SESSION));
        welcome(6, USER, SESSION);
        refused("Forbidden", 7, hello(swarm.tokenOf(0), SESSION));
        refused("Invalid", 6, hello(USER, SESSION));
    }

    @Test
    void anAgentSubmitsUnderItsName() {
        welcome(1, swarm.tokenOf(0), SESSION);
        say(1, submit(1));
        assertEquals("agent/c-coder-a0", swarm.image().tasks().getFirst().about().submitter());
        assertFalse(swarm.leader().handle(new HivemindCommand.RemoveAgents(List.of("pod-a0"), "deleted")).failed());
        swarm.run(50);
        assertEquals("Unauthenticated", swarm.door().take(1).getLast().getRefused().getCode());
    }

    @Test
    void aNewerStreamOfTheSameSessionTakesOver() {
        welcome(1, USER, SESSION);
        welcome(2, USER, SESSION);
        assertEquals("Superseded", swarm.door().take(1).getFirst().getRefused().getCode());
        assertEquals(List.of(), say(1, submit(1)));
        assertTrue(say(2, submit(1)).getFirst().hasAccepted());
    }

    @Test
    void clientsAreBounded() {
        for (int n = 0; n < ClientDesk.MAX_CLIENTS; n++) {
            welcome(n, USER, new UUID(1, n).toString());
        }
        refused("TooManyClients", 1_000, hello(USER, SESSION));
        swarm.leader().left(0);
        welcome(1_001, USER, SESSION);
    }

    @Test
    void beyondItsCreditAClientIsRefused() {
        swarm.kill(0);
        swarm.run(50);
        welcome(1, USER, SESSION);
        var frames = new ArrayList<ClientFrame>();
        for (int n = 1; n <= ClientDesk.CREDIT + 1; n++) {
            frames.add(submit(n));
        }
        swarm.leader().said(1, frames);
        swarm.run(60_000);
        var told = swarm.door().take(1);
        assertEquals(ClientDesk.CREDIT, told.stream().filter(TaskFrame::hasAccepted).count());
        rejected("Exhausted", told.stream().filter(TaskFrame::hasRejected).toList());
        say(1, cancel(1));
        assertTrue(say(1, submit(ClientDesk.CREDIT + 1)).getFirst().hasAccepted(), "one has ended");
    }

    @Test
    void whatCannotBeDoneIsRejectedAndCostsNoCredit() {
        welcome(1, USER, SESSION);
        rejected("Invalid", say(1, submit(1, Work.newBuilder().setExecutor("llm").build())));
        rejected("Invalid", say(1, submit(1, Work.newBuilder().setPriority(101).build())));
        var negative = rejected("Invalid", say(1, submit(1, Work.newBuilder().setTimeoutMillis(-1).build())));
        assertEquals("work.timeout_millis: -1 is below 0", negative.getRejected().getMessage());
        rejected("Invalid", say(1, submit(1, Work.newBuilder().setScript("x".repeat(256 * 1024 + 1)).build())));
        rejected("Invalid", say(1, submit(0)));
        assertEquals(List.of(), swarm.image().tasks());
    }

    @Test
    void onlyOnesOwnTasksAreCancelledAndNobodyElseSubmitsInASession() {
        swarm.kill(0);
        swarm.run(50);
        welcome(1, USER, SESSION);
        var told = say(1, submit(1), cancel(1), cancel(9));
        assertEquals(TaskEnd.CANCELLED, told.getLast().getFinished().getEnd());
        var other = swarm.leader()
                .handle(new HivemindCommand.SubmitTask(SESSION + ".9", TaskOrigin.CLIENT, "ns", "t9", "", 1,
                        Samples.SPEC, ""));
        swarm.run(50);
        assertTrue(other.failed());
    }

    @Test
    void anUnknownOutcomeIsAnAnswerOfItsOwn() {
        welcome(1, USER, SESSION);
        swarm.leader().said(1, List.of(submit(1)));
        swarm.elect();
        var told = swarm.door().take(1);
        assertTrue(told.isEmpty() || told.getFirst().getRejected().getCode().equals("Indeterminate"), told::toString);
        swarm.run(2_000);
        welcome(2, USER, SESSION);
        var again = new ArrayList<>(say(2, submit(1)));
        swarm.run(20_000);
        again.addAll(swarm.door().take(2));
        assertTrue(again.getFirst().hasAccepted());
        assertEquals(TaskEnd.COMPLETED, again.getLast().getFinished().getEnd());
        assertEquals(1, swarm.image().tasks().size());
    }
}
