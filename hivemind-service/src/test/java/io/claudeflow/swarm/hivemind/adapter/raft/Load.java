package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply.Submitted.Outcome;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes one task after the other, each until it is answered, to whoever leads. */
final class Load {
    private final Supplier<Optional<Replica>> leader;
    private final AtomicBoolean on = new AtomicBoolean();
    private volatile int written;
    private volatile int accepted;
    private long longestGap;
    private @Nullable Thread thread;

    /** @param leader whoever leads now */
    Load(Supplier<Optional<Replica>> leader) {
        this.leader = leader;
    }

    void start() {
        on.set(true);
        thread = Thread.ofVirtual().start(this::run);
    }

    void pause() throws InterruptedException {
        on.set(false);
        var running = thread;
        if (running != null) {
            running.join();
        }
    }

    private void run() {
        long last = System.nanoTime();
        while (on.get()) {
            var result = write("load-" + written);
            if (result instanceof LedgerResult.Submitted(var outcome, _)) {
                long now = System.nanoTime();
                longestGap = Math.max(longestGap, now - last);
                last = now;
                written++;
                // A duplicate was accepted by an answer that got lost.
                accepted += outcome == Outcome.FINISHED ? 0 : 1;
            }
        }
    }

    private @Nullable LedgerResult write(String uid) {
        var now = leader.get();
        if (now.isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            return null;
        }
        try {
            return now.get()
                    .submitting(Samples.submit(uid, TaskOrigin.KUBERNETES, Samples.SPEC))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            return null;
        }
    }

    int written() {
        return written;
    }

    int accepted() {
        return accepted;
    }

    long longestGapMillis() {
        return longestGap / 1_000_000;
    }
}
