package io.claudeflow.swarm.kit.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartupStepsTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void stepsStartInOrderAndStopInReverse() throws Exception {
        var steps = add(add(StartupSteps.of(vertx, "test"), "a"), "b").build();

        await(steps.start());
        await(steps.stop(LONG));
        await(steps.stop(LONG));

        assertEquals(List.of("+a", "+b", "-b", "-a"), calls);
        await(steps.ended());
        assertThrows(IllegalStateException.class, () -> await(steps.start()));
    }

    @Test
    void aStepThatFailsStopsThoseBeforeIt() {
        var steps = add(StartupSteps.of(vertx, "test"), "a")
                .step("b", () -> Future.failedFuture("no disk"), _ -> called("-b"))
                .build();

        var failed = assertThrows(StartupSteps.StepFailed.class, () -> await(steps.start()));

        assertEquals("test: step 'b' failed: no disk", failed.getMessage());
        assertEquals(List.of("+a", "-a"), calls);
        assertFalse(steps.health().live());
    }

    @Test
    void aStepThatThrowsHasFailed() {
        var steps = StartupSteps.of(vertx, "test").step("a", () -> {
            throw new IllegalStateException("no port");
        }, _ -> called("-a")).build();

        assertThrows(StartupSteps.StepFailed.class, () -> await(steps.start()));
        assertEquals(List.of(), calls);
    }

    @Test
    void oneDeadlineHoldsForAllAndASlowStepDoesNotKeepTheOthers() throws Exception {
        var steps = add(StartupSteps.of(vertx, "test"), "a").step("slow", Future::succeededFuture, left -> {
            assertTrue(left.compareTo(Duration.ofMillis(200)) <= 0, left.toString());
            calls.add("-slow");
            return Future.future(_ -> {});
        }).step("broken", Future::succeededFuture, _ -> {
            throw new IllegalStateException("cannot stop");
        }).build();
        await(steps.start());

        long begin = System.nanoTime();
        await(steps.stop(Duration.ofMillis(200)));

        assertTrue(System.nanoTime() - begin < LONG.toNanos());
        assertEquals(List.of("+a", "-slow", "-a"), calls);
    }

    @Test
    void aDeadlineOfZeroWaitsForNothing() throws Exception {
        var steps = add(StartupSteps.of(vertx, "test"), "a")
                .step("b", Future::succeededFuture, _ -> Future.future(_ -> {}))
                .build();
        await(steps.start());

        assertTrue(steps.stop(Duration.ZERO).succeeded());
        assertEquals(List.of("+a", "-a"), calls);
    }

    @Test
    void aStopDuringTheStartWaitsForTheStepThatIsStarting() throws Exception {
        Promise<Void> starting = Promise.promise();
        var steps = add(add(StartupSteps.of(vertx, "test"), "a").step("b", starting::future, _ -> called("-b")), "c")
                .build();
        var start = steps.start();

        var stop = steps.stop(LONG);
        assertFalse(stop.isComplete());
        starting.complete();
        await(stop);

        assertTrue(start.failed());
        assertEquals(List.of("+a", "-b", "-a"), calls);
        assertEquals("stopped", steps.health().parts().get("a"));
    }

    @Test
    void aStopDuringTheStartDoesNotWaitForEver() throws Exception {
        var steps = add(StartupSteps.of(vertx, "test"), "a").step("b", () -> Future.future(_ -> {}), _ -> called("-b"))
                .build();
        assertFalse(steps.start().isComplete());

        await(steps.stop(Duration.ofMillis(100)));

        assertEquals(List.of("+a", "-b", "-a"), calls);
    }

    @Test
    void healthFollowsTheSteps() throws Exception {
        var serves = new AtomicBoolean();
        Promise<Void> starting = Promise.promise();
        var steps = StartupSteps.of(vertx, "test")
                .step("ledger", Future::succeededFuture, _ -> called("-ledger"), serves::get)
                .step("gateway", starting::future, _ -> called("-gateway"))
                .build();
        var start = steps.start();
        assertEquals(new Health(true, false, Map.of("ledger", "not ready", "gateway", "starting")), steps.health());

        starting.complete();
        await(start);
        assertFalse(steps.health().ready());
        serves.set(true);
        assertEquals(new Health(true, true, Map.of("ledger", "started", "gateway", "started")), steps.health());

        var cause = new IllegalStateException("the ledger is gone");
        steps.fail(cause);
        assertFalse(steps.health().live());
        assertEquals("the ledger is gone", steps.health().parts().get("failure"));
        assertSame(cause, steps.ended().cause());
    }

    private StartupSteps.Builder add(StartupSteps.Builder builder, String name) {
        return builder.step(name, () -> called("+" + name), _ -> called("-" + name));
    }

    private Future<Void> called(String what) {
        calls.add(what);
        return Future.succeededFuture();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(LONG.toSeconds(), TimeUnit.SECONDS);
    }
}
