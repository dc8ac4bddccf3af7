package io.claudeflow.swarm.benchmarks.ledger;

import io.claudeflow.swarm.mesh.task.TasksClient;
import io.claudeflow.swarm.mesh.task.v1.TaskEnd;
import io.claudeflow.swarm.mesh.task.v1.Work;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A closed loop: so many tasks are outstanding at any moment, and each that ends is followed by another. */
final class Load {
    private static final Work WORK = Work.newBuilder().setScript("true").build();
    private static final int FIRST = 1 << 16;

    private final TasksClient client;
    private final Context context;
    private final AtomicLong done = new AtomicLong();
    private final Promise<Void> over = Promise.promise();
    private long[] nanos = new long[FIRST];
    private int count;
    private int outstanding;
    private boolean stopping;
    private long last;

    private Load(TasksClient client, Context context) {
        this.client = client;
        this.context = context;
    }

    /**
     * What a round came to.
     *
     * @param micros latencies from submission to end at the client, sorted
     */
    record Round(long tasks, double seconds, long[] micros) {
        double perSecond() {
            return tasks / seconds;
        }

        long quantile(double part) {
            return micros.length == 0 ? 0 : micros[(int) Math.min(micros.length - 1, part * micros.length)];
        }
    }

    /** Begins; {@link #stop} ends it. */
    static Load begin(TasksClient client, Context context, int outstanding) {
        var load = new Load(client, context);
        context.runOnContext(_ -> {
            for (int n = 0; n < outstanding; n++) {
                load.next();
            }
        });
        return load;
    }

    private void next() {
        outstanding++;
        long begun = System.nanoTime();
        client.submit("noop", WORK).finished().onComplete(finished -> {
            outstanding--;
            if (finished.failed()) {
                over.tryFail(finished.cause());
                return;
            }
            if (finished.result().getEnd() != TaskEnd.COMPLETED) {
                over.tryFail("a task ended otherwise: " + finished.result());
                return;
            }
            ended(System.nanoTime() - begun);
        });
    }

    private void ended(long after) {
        done.lazySet(done.get() + 1);
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = after;
        if (!stopping) {
            next();
        } else if (outstanding == 0) {
            last = System.nanoTime();
            over.tryComplete();
        }
    }

    /** Tasks that have ended so far. Any thread. */
    long done() {
        return done.get();
    }

    /** Lets what is outstanding end. */
    Round stop(long begun) {
        context.runOnContext(_ -> stopping = true);
        over.future().await();
        var micros = Arrays.stream(nanos, 0, count).map(nano -> nano / 1_000).sorted().toArray();
        return new Round(count, (last - begun) / 1e9, micros);
    }
}
