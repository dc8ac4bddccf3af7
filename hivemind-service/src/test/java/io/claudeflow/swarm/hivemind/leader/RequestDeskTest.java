package io.claudeflow.swarm.hivemind.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.hivemind.port.TaskRequests;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Caller;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Change;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Draft;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Query;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Seen;
import io.claudeflow.swarm.hivemind.sim.QuietSwarm;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The leader's desk for requests, in virtual time: one agent of three places. */
class RequestDeskTest {
    private static final String ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final String UID = ID + ".1";
    private static final Caller USER = new Caller("demo-user");
    private static final Caller OTHER = new Caller("agent/c-coder-a0");
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final TaskSpec SPEC = TaskSpec.shell("true");

    private final QuietSwarm swarm = new QuietSwarm(7, 1);

    private TaskRequests desk() {
        return Objects.requireNonNull(swarm.leader().requests());
    }

    private static Draft draft(int n) {
        return new Draft(new UUID(1, n).toString(), "t" + n, SPEC, "");
    }

    private <T> T get(Future<T> answer) {
        swarm.run(50);
        assertTrue(answer.succeeded(), () -> String.valueOf(answer.cause()));
        return answer.result();
    }

    private void fails(ErrorCode code, Future<?> answer) {
        swarm.run(50);
        assertTrue(answer.failed(), () -> "no failure but " + answer.result());
        assertEquals(code, assertInstanceOf(SwarmException.class, answer.cause()).code(), answer.cause()::getMessage);
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertEquals(code, assertThrows(SwarmException.class, call::run).code());
    }

    private void noAgent() {
        swarm.kill(0);
        swarm.run(50);
    }

    private TaskPhase phase(Future<Seen> answer) {
        return get(answer).state().phase();
    }

    @Test
    void aTokenSaysWhoCalls() {
        assertEquals(USER, desk().caller(QuietSwarm.USER_TOKEN));
        assertEquals(OTHER, desk().caller(swarm.tokenOf(0)));
        refused(ErrorCode.UNAUTHENTICATED, () -> desk().caller(QuietSwarm.BAD_TOKEN));
        refused(ErrorCode.UNAUTHENTICATED, () -> desk().caller(QuietSwarm.EXPIRED_TOKEN));
        refused(ErrorCode.FORBIDDEN, () -> desk().caller("pod-of-nobody@999999999999999"));
        assertNull(swarm.follower().requests(), "a follower answers nothing");
        assertEquals(swarm.leaderOrdinal(), swarm.follower().leader());
    }

    @Test
    void aRepeatedRequestIsOneTask() {
        var draft = new Draft(ID, "", SPEC, "");
        var first = get(desk().submit(USER, draft, Duration.ZERO));
        assertTrue(first.created());
        assertEquals(UID, first.task().state().taskUid());
        assertEquals("task", first.task().state().name());
        assertFalse(get(desk().submit(USER, draft, Duration.ZERO)).created());
        swarm.elect();
        swarm.run(10_000);
        var last = get(desk().submit(USER, draft, MINUTE));
        assertFalse(last.created());
        assertEquals(TaskPhase.COMPLETED, last.task().state().phase());
        assertEquals(1, swarm.image().tasks().size());
    }

    @Test
    void anIdIsOneSubmittersAndOneTasks() {
        get(desk().submit(USER, new Draft(ID, "a", SPEC, ""), Duration.ZERO));
        fails(ErrorCode.FORBIDDEN, desk().submit(OTHER, new Draft(ID, "a", SPEC, ""), Duration.ZERO));
        fails(TaskRequests.CONFLICT, desk().submit(USER, new Draft(ID, "b", SPEC, ""), Duration.ZERO));
        fails(TaskRequests.CONFLICT,
                desk().submit(USER, new Draft(ID, "a", TaskSpec.shell("false"), ""), Duration.ZERO));
        fails(ErrorCode.INVALID, desk().submit(USER,
                new Draft(new UUID(2, 2).toString(), "", TaskSpec.shell("x".repeat(256 * 1024 + 1)), ""),
                Duration.ZERO));
        assertEquals(1, swarm.image().tasks().size());
    }

    @Test
    void nobodySeesOrTouchesAnothersTasksOrKubernetes() {
        noAgent();
        get(desk().submit(USER, new Draft(ID, "", SPEC, ""), Duration.ZERO));
        assertFalse(swarm.leader()
                .handle(new HivemindCommand.SubmitTask("t1", TaskOrigin.KUBERNETES, "ns", "t1", "demo-user", 1, SPEC,
                        ""))
                .failed());
        for (var foreign : List.of("t1", UID, "nothing")) {
            var caller = foreign.equals(UID) ? OTHER : USER;
            fails(ErrorCode.NOT_FOUND, desk().read(caller, foreign, Duration.ZERO));
            fails(ErrorCode.NOT_FOUND, desk().cancel(caller, foreign, "no"));
            fails(ErrorCode.NOT_FOUND, desk().change(caller, foreign, new Change(true, 1)));
        }
        assertEquals(List.of(), desk().list(OTHER, new Query(null, 10, null)).tasks());
        assertEquals(1, desk().list(USER, new Query(null, 10, null)).tasks().size());
    }

    @Test
    void waitingEndsWithTheTaskOrWithItsTime() {
        var done = desk().submit(USER, new Draft(ID, "", SPEC, ""), MINUTE);
        swarm.run(10_000);
        assertEquals(TaskPhase.COMPLETED, get(done).task().state().phase());
        assertTrue(done.result().created());

        noAgent();
        get(desk().submit(USER, draft(1), Duration.ZERO));
        var uid = draft(1).requestId() + ".1";
        var waits = desk().read(USER, uid, Duration.ofSeconds(2));
        swarm.run(1_900);
        assertFalse(waits.isComplete());
        swarm.run(200);
        assertEquals(TaskPhase.PENDING, phase(waits));
        var cancelled = desk().read(USER, uid, MINUTE);
        assertEquals(TaskPhase.CANCELLED, phase(desk().cancel(USER, uid, "not needed")));
        assertEquals("not needed", get(cancelled).state().message());
        assertEquals(TaskPhase.CANCELLED, phase(desk().cancel(USER, uid, "again")));
    }

    @Test
    void whoeverLeadsNoMoreLetsGoOfThoseWhoWait() {
        noAgent();
        get(desk().submit(USER, new Draft(ID, "", SPEC, ""), Duration.ZERO));
        var before = desk();
        var reads = before.read(USER, UID, MINUTE);
        var submits = before.submit(USER, new Draft(ID, "", SPEC, ""), MINUTE);
        swarm.run(50);
        swarm.elect();
        fails(ErrorCode.UNAVAILABLE, reads);
        assertEquals(TaskPhase.PENDING, get(submits).task().state().phase(), "it is there: that is the answer");
        fails(ErrorCode.UNAVAILABLE, before.read(USER, UID, MINUTE));
        fails(ErrorCode.UNAVAILABLE, before.submit(USER, draft(1), Duration.ZERO));
    }

    @Test
    void anUnknownOutcomeSaysWithWhichIdToAskAgain() {
        var answer = desk().submit(USER, new Draft(ID, "", SPEC, ""), Duration.ZERO);
        swarm.elect();
        swarm.run(2_000);
        fails(ErrorCode.INDETERMINATE, answer);
        assertTrue(answer.cause().toString().contains(ID), answer.cause()::toString);
        swarm.run(5_000);
        get(desk().submit(USER, new Draft(ID, "", SPEC, ""), Duration.ZERO));
        assertEquals(1, swarm.image().tasks().size());
    }

    @Test
    void waitingIsBounded() {
        noAgent();
        get(desk().submit(USER, new Draft(ID, "", SPEC, ""), Duration.ZERO));
        var waiting = new ArrayList<Future<Seen>>();
        for (int n = 0; n < Waiters.MAX; n++) {
            waiting.add(desk().read(USER, UID, MINUTE));
        }
        fails(ErrorCode.EXHAUSTED, desk().read(USER, UID, MINUTE));
        assertEquals(TaskPhase.PENDING, get(desk().submit(USER, draft(1), MINUTE)).task().state().phase());
        get(desk().cancel(USER, UID, "no"));
        waiting.forEach(one -> assertEquals(TaskPhase.CANCELLED, one.result().state().phase()));
        assertFalse(desk().read(USER, draft(1).requestId() + ".1", MINUTE).isComplete(), "there is room again");
    }

    @Test
    void aListHasPagesFromTheNewestOn() {
        noAgent();
        for (int n = 1; n <= 5; n++) {
            get(desk().submit(USER, draft(n), Duration.ZERO));
        }
        get(desk().cancel(USER, draft(2).requestId() + ".1", "no"));
        var names = new ArrayList<String>();
        @Nullable
        Long after = null;
        do {
            var page = desk().list(USER, new Query(null, 2, after));
            page.tasks().forEach(task -> names.add(task.state().name()));
            after = page.next();
        } while (after != null);
        assertEquals(List.of("t5", "t4", "t3", "t2", "t1"), names);
        var cancelled = desk().list(USER, new Query(TaskPhase.CANCELLED, 2, null));
        assertEquals(List.of("t2"), cancelled.tasks().stream().map(task -> task.state().name()).toList());
        assertNull(cancelled.next());
    }

    @Test
    void aTaskIsSuspendedAndItsPriorityChangesAlsoAtTheSameTime() {
        noAgent();
        get(desk().submit(USER, new Draft(ID, "", SPEC, ""), Duration.ZERO));
        var suspended = desk().change(USER, UID, new Change(true, null));
        var urgent = desk().change(USER, UID, new Change(null, 90));
        swarm.run(50);
        assertEquals(TaskPhase.SUSPENDED, phase(suspended));
        assertEquals(90, get(urgent).priority());
        var both = get(desk().read(USER, UID, Duration.ZERO));
        assertEquals(TaskPhase.SUSPENDED, both.state().phase());
        assertEquals(90, both.priority());
        assertEquals(TaskPhase.PENDING, phase(desk().change(USER, UID, new Change(false, 90))));
    }

    @Test
    void whatHasEndedLongAgoIsForgottenAndSaysSo() {
        get(desk().submit(USER, new Draft(ID, "", SPEC, ""), Duration.ZERO));
        swarm.run(3_700_000);
        get(desk().submit(USER, draft(1), Duration.ZERO));
        fails(TaskRequests.FORGOTTEN, desk().read(USER, UID, Duration.ZERO));
        fails(TaskRequests.FORGOTTEN, desk().submit(USER, new Draft(ID, "", SPEC, ""), Duration.ZERO));
    }

    @Test
    void anAgentsNameMayBeShort() {
        noAgent();
        for (var name : List.of("coder-a0", "c-coder-a0", "coder-a9")) {
            var spec = SPEC.with(new Matching(null, List.of(), List.of(), Map.of("name", name)));
            get(desk().submit(USER,
                    new Draft(UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString(),
                            name,
                            spec, ""),
                    Duration.ZERO));
            var selected = swarm.image()
                    .tasks()
                    .stream()
                    .filter(task -> task.about().name().equals(name))
                    .map(task -> task.spec().matching().selector().get("name"))
                    .toList();
            assertEquals(List.of(name.equals("coder-a9") ? name : "c-coder-a0"), selected);
        }
    }
}
