package io.claudeflow.swarm.kit.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTest {
    private record Ask(String word) {}

    private record Told(String word) {}

    private static final Channel<Ask, Told> ECHO = new Channel<>("echo", Ask.class, Told.class, Duration.ofSeconds(2));
    private static final Topic<Told> NEWS = new Topic<>("news", Told.class);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx);

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void aRecordGoesByReferenceInsideAJvmAndTheTraceGoesAlong() throws Exception {
        var seen = new AtomicReference<Ask>();
        var trace = TraceContext.root();
        await(bus.serve(ECHO, (ask, context) -> {
            seen.set(ask);
            return Future.succeededFuture(new Told(context.header()));
        }));
        var ask = new Ask("hello");

        assertEquals(trace.header(), await(bus.request(ECHO, ask, trace)).word());
        assertSame(ask, seen.get());
    }

    @Test
    void aFailureArrivesWithItsCodeAndSentence() throws Exception {
        var busy = new ErrorCode("QueueFull", ErrorCode.Blame.RESOURCE);
        await(bus.serve(ECHO, (_, _) -> Future.failedFuture(new SwarmException(busy, "the queue: is full"))));

        var refused = refused();

        assertEquals(busy, refused.code());
        assertEquals("the queue: is full", refused.getMessage());
    }

    @Test
    void aDefectOfTheHandlerIsInternal() throws Exception {
        await(bus.serve(ECHO, (_, _) -> {
            throw new IllegalStateException("a defect");
        }));

        assertEquals(ErrorCode.INTERNAL, refused().code());
    }

    @Test
    void aHandlerThatIsSilentIsIndeterminateAfterTheDeadline() throws Exception {
        await(bus.serve(ECHO, (_, _) -> Future.future(_ -> {})));

        var late = assertThrows(SwarmException.class,
                () -> await(bus.request(ECHO, new Ask(""), TraceContext.root(), Duration.ofMillis(50))));

        assertEquals(ErrorCode.INDETERMINATE, late.code());
        assertEquals("no answer from echo within 50 ms", late.getMessage());
    }

    @Test
    void nobodyServesAnAddressThatWasGivenUp() throws Exception {
        await(await(bus.serve(ECHO, (_, _) -> Future.succeededFuture(new Told("")))).end());

        var refused = refused();

        assertEquals(ErrorCode.UNAVAILABLE, refused.code());
        assertEquals("nobody serves echo", refused.getMessage());
    }

    @Test
    void everySubscriberHearsUntilItEnds() throws Exception {
        Queue<String> first = new ConcurrentLinkedQueue<>();
        Queue<String> second = new ConcurrentLinkedQueue<>();
        var registration = await(bus.subscribe(NEWS, told -> first.add(told.word())));
        await(new Bus(vertx).subscribe(NEWS, told -> second.add(told.word())));

        bus.publish(NEWS, new Told("one"));
        Awaitility.await().until(() -> first.size() == 1 && second.size() == 1);
        await(registration.end());
        bus.publish(NEWS, new Told("two"));

        Awaitility.await().until(() -> second.size() == 2);
        assertEquals(1, first.size());
    }

    private SwarmException refused() {
        return assertThrows(SwarmException.class, () -> await(bus.request(ECHO, new Ask(""), TraceContext.root())));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }
}
