package io.claudeflow.swarm.agent.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.door.Submission;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.TaskSubmitted;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubmissionsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<AgentFrame> said = new CopyOnWriteArrayList<>();
    private final SessionCounts counts = new SessionCounts();
    private Submissions submissions = submissions(Duration.ofMinutes(1));

    @AfterEach
    void close() throws Exception {
        TestGateway.await(vertx.close());
    }

    @Test
    void withoutAnAnswerInTimeNobodyKnows() throws Exception {
        submissions = submissions(Duration.ofMillis(50));
        var uid = submit();

        await().until(uid::isComplete);

        assertEquals("Indeterminate: no answer within 50 ms: the task "
                + "a-task-with-a-name-that-is-longer-than-forty-eig-2-1 may or may not have been taken",
                uid.cause().toString());
        assertEquals(0, counts.submissions());
    }

    @Test
    void anAnswerThatComesTwiceIsHeardOnce() throws Exception {
        var uid = submit();
        for (int i = 0; i < 2; i++) {
            var answered = on(() -> {
                submissions.answered(TaskSubmitted.newBuilder().setNumber(1).setTaskUid("new").build());
                return uid;
            });
            assertTrue(answered.succeeded());
        }

        assertEquals("new", uid.result());
        assertEquals(1, counts.submissions());
    }

    @Test
    void codesOfANewerHiveMindArePassedOn() {
        assertEquals("NameTaken", Frames.code("NameTaken").name());
        assertEquals("Internal", Frames.code("").name());
    }

    @Test
    void tooManyAtATimeAreRefused() throws Exception {
        for (int i = 0; i < Submissions.MOST; i++) {
            assertFalse(submit().isComplete());
        }

        assertTrue(submit().cause().toString().startsWith("Exhausted: 64 submitted tasks"));
        assertEquals(Submissions.MOST, said.size());
    }

    private Submissions submissions(Duration deadline) {
        return new Submissions(context, TestGateway.step("uid", 2),
                "a-task-with-a-name-that-is-longer-than-forty-eight-letters", said::add, counts, deadline);
    }

    private Future<String> submit() throws Exception {
        return on(() -> submissions.submit(new Submission("", "true", Map.of(), OptionalInt.empty(), "", List.of())));
    }

    private Future<String> on(Supplier<Future<String>> action) throws Exception {
        var done = new CompletableFuture<Future<String>>();
        context.runOnContext(_ -> done.complete(action.get()));
        return done.get(10, TimeUnit.SECONDS);
    }
}
