package io.claudeflow.swarm.hivemind.adapter.grpc;

import com.google.protobuf.MessageLite;
import io.vertx.core.Context;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes frames to a stream: those of one event-loop tick leave together, at most a window of them is on its way, the rest waits
 * in a bounded queue. When that queue is full, or the window has stood still for {@link Limits#STALL}, {@code failed} is told
 * once why and nothing more is written. One context.
 */
final class FrameWriter<F extends MessageLite, M> {
    private final Context context;
    private final WriteStream<M> stream;
    private final Function<List<F>, M> gather;
    private final long window;
    private final long bound;
    private final Consumer<String> failed;
    private final ArrayDeque<F> queue = new ArrayDeque<>();
    private long queued;
    private long onTheWay;
    private boolean scheduled;
    private boolean ended;
    private long stall = -1;

    FrameWriter(Context context, WriteStream<M> stream, Function<List<F>, M> gather, long window, long bound,
            Consumer<String> failed) {
        this.context = context;
        this.stream = stream;
        this.gather = gather;
        this.window = window;
        this.bound = bound;
        this.failed = failed;
    }

    void send(F frame) {
        if (ended) {
            return;
        }
        queue.addLast(frame);
        queued += frame.getSerializedSize();
        if (queued + onTheWay > bound) {
            fail("more than " + bound + " bytes wait for it");
        } else if (!scheduled) {
            scheduled = true;
            context.runOnContext(_ -> {
                scheduled = false;
                flush();
            });
        }
    }

    private void flush() {
        while (!ended && !queue.isEmpty() && onTheWay < window) {
            writeNext();
        }
        if (!ended && !queue.isEmpty() && stall == -1) {
            stall = context.owner()
                    .setTimer(Limits.STALL, _ -> fail("it has read nothing for " + Limits.STALL / 1000 + " s"));
        }
    }

    private void writeNext() {
        var frames = new ArrayList<F>();
        long size = 0;
        while (!queue.isEmpty() && (size == 0 || size + queue.getFirst().getSerializedSize() <= Limits.GATHERED)) {
            var frame = queue.removeFirst();
            size += frame.getSerializedSize();
            frames.add(frame);
        }
        queued -= size;
        onTheWay += size;
        long written = size;
        try {
            stream.write(gather.apply(frames)).onComplete(_ -> written(written));
        } catch (IllegalStateException gone) {
            // The stream has ended under us; its end handler tells the owner.
            stop();
        }
    }

    private void written(long size) {
        onTheWay -= size;
        if (stall != -1) {
            context.owner().cancelTimer(stall);
            stall = -1;
        }
        flush();
    }

    private void fail(String reason) {
        if (!ended) {
            stop();
            failed.accept(reason);
        }
    }

    /** Writes what waits, whatever the window says, and nothing after it. */
    void finish() {
        while (!ended && !queue.isEmpty()) {
            writeNext();
        }
        stop();
    }

    /** Drops what waits; writes nothing any more. */
    void stop() {
        ended = true;
        queue.clear();
        queued = 0;
        if (stall != -1) {
            context.owner().cancelTimer(stall);
            stall = -1;
        }
    }
}
