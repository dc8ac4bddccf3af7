package io.claudeflow.swarm.mesh.task;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.task.v1.Cancel;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.Rejected;
import io.claudeflow.swarm.mesh.task.v1.Settle;
import io.claudeflow.swarm.mesh.task.v1.Submit;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.Work;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Submits tasks to the ledger over gRPC. Finds the leader and follows it, numbers requests, says again on each new stream what was
 * not answered, keeps to the credit that the leader grants, and settles what has ended. A task is submitted once, however often
 * its request is said.
 *
 * <p>Any thread; futures complete on the client's context.
 */
public final class TasksClient {
    /** A settlement leaves after so many ends, or that long after the first of them, in milliseconds. */
    private static final int SETTLE_EVERY = 512;
    private static final long SETTLE_AFTER = 50;
    private static final long CLOCK = 20;
    /** How long a request that may succeed later waits at least before it is said again, in milliseconds. */
    private static final long AGAIN = 50;
    private static final int MAX_DOUBLINGS = 5;

    private final Vertx vertx;
    private final TasksClientConfig config;
    private final Context context;
    private final GrpcClient client;
    private final Doors doors;
    private final AtomicLong requests = new AtomicLong();
    private final TreeMap<Long, Outstanding> outstanding = new TreeMap<>();
    private final Set<Long> ended = new HashSet<>();
    private final long clock;
    private @Nullable TaskStream stream;
    /** The first request that was not said on the present stream, and how many were and have not ended. */
    private long next = 1;
    private int said;
    private int credit;
    private long settled;
    private long told;
    private long settleAt = Long.MAX_VALUE;
    private boolean later;
    private boolean closed;
    private String lastRefusal = "no leader was found";

    /** Connects in the background; what is submitted meanwhile waits. */
    public TasksClient(Vertx vertx, TasksClientConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.context = vertx.getOrCreateContext();
        this.client = TaskStream.client(vertx);
        this.doors = new Doors(config.doors());
        this.clock = vertx.setPeriodic(CLOCK, _ -> context.runOnContext(_ -> tick()));
        context.runOnContext(_ -> connect());
    }

    /** Submits a task. The work's size is at most 256 KiB. */
    public Submission submit(String name, Work work) {
        return submit(name, work, "");
    }

    /** @param traceparent W3C trace context, or empty */
    public Submission submit(String name, Work work, String traceparent) {
        long request = requests.incrementAndGet();
        var frame = ClientFrame.newBuilder()
                .setSubmit(Submit.newBuilder()
                        .setRequest(request)
                        .setName(name)
                        .setWork(work)
                        .setTraceparent(traceparent))
                .build();
        var one = new Outstanding(frame, now());
        onContext(() -> add(one));
        return new Submission(request, one.accepted.future(), one.finished.future());
    }

    private void onContext(Runnable action) {
        if (Vertx.currentContext() == context) {
            action.run();
        } else {
            context.runOnContext(_ -> action.run());
        }
    }

    /** Asks for a task's end; its submission then finishes as cancelled, unless it ended first. */
    public void cancel(long request, String reason) {
        context.runOnContext(_ -> {
            var one = outstanding.get(request);
            if (one != null) {
                one.cancelled = reason;
                if (one.said) {
                    say(cancelled(one, reason));
                }
            }
        });
    }

    /** Ends the stream; what is outstanding fails as Indeterminate, its tasks go on. */
    public Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> {
            vertx.cancelTimer(clock);
            closed = true;
            var open = stream;
            stream = null;
            if (open != null) {
                settle(open);
                open.end();
            }
            var left = List.copyOf(outstanding.values());
            outstanding.clear();
            left.forEach(one -> fail(one, new SwarmException(ErrorCode.INDETERMINATE, "the client was closed")));
            client.close().onComplete(done);
        });
        return done.future();
    }

    // The stream.

    private void connect() {
        if (!closed) {
            stream = new TaskStream(context, client, doors.next(), config, new StreamListener());
        }
    }

    private void over(TaskStream of) {
        if (stream == of) {
            stream = null;
            vertx.setTimer(doors.pause(), _ -> context.runOnContext(_ -> connect()));
        }
    }

    private final class StreamListener implements TaskStream.Listener {
        @Override
        public void welcomed(int granted) {
            doors.found();
            credit = granted;
            said = 0;
            next = 1;
            told = 0;
            outstanding.values().forEach(one -> one.said = false);
            sayWhatWaits();
            var open = stream;
            if (open != null) {
                settle(open);
            }
        }

        @Override
        public void elsewhere(String address) {
            doors.named(address);
        }

        @Override
        public void refused(String code, String message) {
            if (!code.equals(ErrorCode.UNAVAILABLE.name()) && !code.equals("TooManyClients")
                    && !code.equals("Superseded")) {
                doors.refused();
            }
            lastRefusal = code + ": " + message;
        }

        @Override
        public void told(TaskFrame frame) {
            TasksClient.this.told(frame);
        }

        @Override
        public void over(TaskStream of) {
            TasksClient.this.over(of);
        }
    }

    // Requests.

    private void add(Outstanding one) {
        if (closed) {
            fail(one, new SwarmException(ErrorCode.UNAVAILABLE, "the client is closed"));
        } else if (outstanding.size() - said >= config.waiting()) {
            ended(one.request());
            fail(one, new SwarmException(ErrorCode.EXHAUSTED, config.waiting() + " requests wait for credit already"));
        } else {
            outstanding.put(one.request(), one);
            next = Math.min(next, one.request());
            sayWhatWaits();
        }
    }

    private void sayWhatWaits() {
        while (ready() && said < credit) {
            var entry = outstanding.ceilingEntry(next);
            if (entry == null) {
                return;
            }
            next = entry.getKey() + 1;
            var one = entry.getValue();
            if (one.notBefore > now()) {
                later = true;
            } else if (!one.said) {
                say(one);
            }
        }
    }

    private boolean ready() {
        return stream != null && stream.welcomed();
    }

    private void say(Outstanding one) {
        one.said = true;
        said++;
        say(one.frame);
        if (one.cancelled != null) {
            say(cancelled(one, one.cancelled));
        }
    }

    private static ClientFrame cancelled(Outstanding one, String reason) {
        return ClientFrame.newBuilder()
                .setCancel(Cancel.newBuilder().setRequest(one.request()).setReason(reason))
                .build();
    }

    private void say(ClientFrame frame) {
        var open = stream;
        if (open != null) {
            open.say(frame);
        }
    }

    private void told(TaskFrame frame) {
        switch (frame.getBodyCase()) {
            case ACCEPTED -> {
                var one = outstanding.get(frame.getAccepted().getRequest());
                if (one != null) {
                    one.refusals = 0;
                    one.accepted.tryComplete(frame.getAccepted().getTaskUid());
                }
            }
            case REJECTED -> rejected(frame.getRejected());
            case FINISHED -> {
                var finished = frame.getFinished();
                var one = remove(finished.getRequest());
                if (one != null) {
                    one.accepted.tryComplete(finished.getTaskUid());
                    one.finished.complete(finished);
                    sayWhatWaits();
                }
            }
            case WELCOME, REFUSED, BODY_NOT_SET -> {
                // The stream's own, or a frame of a newer release.
            }
        }
    }

    private @Nullable Outstanding remove(long request) {
        var one = outstanding.remove(request);
        if (one != null) {
            ended(request);
            if (one.said) {
                said--;
            }
        }
        return one;
    }

    private void rejected(Rejected rejected) {
        var one = outstanding.get(rejected.getRequest());
        if (one == null || !one.said) {
            return;
        }
        var code = rejected.getCode();
        if (code.equals(ErrorCode.UNAVAILABLE.name()) || code.equals(ErrorCode.INDETERMINATE.name())
                || code.equals(ErrorCode.EXHAUSTED.name())) {
            one.said = false;
            said--;
            one.notBefore = now() + (AGAIN << Math.min(MAX_DOUBLINGS, one.refusals++));
            later = true;
            lastRefusal = code + ": " + rejected.getMessage();
        } else {
            remove(rejected.getRequest());
            fail(one, new SwarmException(code(code), rejected.getMessage()));
            sayWhatWaits();
        }
    }

    private static ErrorCode code(String name) {
        return List.of(ErrorCode.INVALID, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND)
                .stream()
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
    }

    private static void fail(Outstanding one, SwarmException cause) {
        one.accepted.tryFail(cause);
        one.finished.tryFail(cause);
    }

    // What has ended, and time.

    private void ended(long request) {
        ended.add(request);
        while (ended.remove(settled + 1)) {
            settled++;
        }
        if (settled - told >= SETTLE_EVERY && ready()) {
            settle(Objects.requireNonNull(stream));
        } else if (settled > told && settleAt == Long.MAX_VALUE) {
            settleAt = now() + SETTLE_AFTER;
        }
    }

    private void settle(TaskStream open) {
        if (settled > told) {
            told = settled;
            settleAt = Long.MAX_VALUE;
            open.say(ClientFrame.newBuilder().setSettle(Settle.newBuilder().setUpTo(settled)).build());
        }
    }

    private void tick() {
        long now = now();
        if (now >= settleAt && stream != null && stream.welcomed()) {
            settle(stream);
        }
        if (later) {
            later = false;
            next = 1;
            sayWhatWaits();
        }
        long oldest = now - config.patience().toMillis();
        var given = new ArrayList<Outstanding>();
        for (var one : outstanding.values()) {
            // In the order of their numbers, which is that of time.
            if (one.since > oldest) {
                break;
            }
            if (!one.accepted.future().isComplete()) {
                given.add(one);
            }
        }
        for (var one : given) {
            remove(one.request());
            fail(one,
                    new SwarmException(one.refusals > 0 || !one.said ? ErrorCode.UNAVAILABLE : ErrorCode.INDETERMINATE,
                            "not accepted within " + config.patience() + " (" + lastRefusal + ")"));
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
