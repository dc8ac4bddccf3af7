package io.claudeflow.swarm.operator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Virtual threads that all descend from the thread that started this pod, whoever asks for one. Where several pods live in one
 * JVM, whose line a log line is follows from that.
 */
final class PodThreads implements ThreadFactory, AutoCloseable {
    /** Makes threads and does nothing else, so that it always answers. */
    private final ExecutorService ancestor = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("operator-threads").factory());

    /** To be called on the thread that starts the pod. */
    PodThreads() {
        ancestor.execute(() -> {
            // From now on the ancestor exists, with what it inherits from its maker.
        });
    }

    @Override
    public Thread newThread(Runnable task) {
        return CompletableFuture.supplyAsync(() -> Thread.ofVirtual().unstarted(task), ancestor).join();
    }

    /** Runs something that blocks; the future completes on {@code context}. */
    Future<Void> run(Context context, Runnable blocking) {
        Promise<Void> done = Promise.promise();
        newThread(() -> {
            try {
                blocking.run();
                context.runOnContext(_ -> done.complete());
            } catch (RuntimeException e) {
                context.runOnContext(_ -> done.fail(e));
            }
        }).start();
        return done.future();
    }

    @Override
    public void close() {
        ancestor.shutdown();
    }
}
