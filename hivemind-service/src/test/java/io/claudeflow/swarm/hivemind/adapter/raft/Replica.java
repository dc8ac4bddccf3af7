package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One replica of a group, on a Vert.x of its own. Replica n listens on 127.0.0.(n+1). */
final class Replica implements LedgerLog.Listener {
    private static final long SNAPSHOT_ENTRIES = 50;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RaftLedgerLog log;
    private final Path data;
    private final int ordinal;
    private volatile @Nullable LedgerView view;
    private boolean closed;

    Replica(Path data, UUID group, int ordinal, List<Integer> ports) {
        this.data = data;
        this.ordinal = ordinal;
        this.log = new RaftLedgerLog(vertx,
                new RaftConfig(group, 0, ordinal, IntStream.range(0, ports.size()).boxed().toList(), true,
                        host(ordinal), ports.get(ordinal), peer -> host(peer) + ":" + ports.get(peer), data),
                SNAPSHOT_ENTRIES);
    }

    private static String host(int ordinal) {
        return "127.0.0." + (ordinal + 1);
    }

    static List<Integer> freePorts(int count) throws IOException {
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getByName(host(i)))) {
                ports.add(socket.getLocalPort());
            }
        }
        return ports;
    }

    /** Starts without waiting. */
    void begin() {
        onContext(() -> log.start(this)).onFailure(this::failed);
    }

    void start() throws Exception {
        get(onContext(() -> log.start(this)));
    }

    LedgerResult submit(LedgerCommand command) throws Exception {
        return get(onContext(() -> log.submit(command)));
    }

    boolean leads() {
        return view != null;
    }

    int tasks() {
        var now = view;
        return now == null ? -1 : now.tasks().size();
    }

    List<Integer> voters() throws Exception {
        return get(onContext(() -> Future.succeededFuture(log.voters())));
    }

    long commitOf(int peer) throws Exception {
        return get(onContext(() -> Future.succeededFuture(log.commitOf(peer))));
    }

    int ordinal() {
        return ordinal;
    }

    /** How many snapshots lie on the volume. */
    long snapshots() throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+")).count();
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            view = null;
            try {
                get(onContext(() -> log.stop(Duration.ofSeconds(5))));
                get(vertx.close());
            } catch (Exception e) {
                throw new IllegalStateException("replica " + ordinal + " did not close", e);
            }
        }
    }

    private <T> Future<T> onContext(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(_ -> action.get().onComplete(promise));
        return promise.future();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void leading(long term, LedgerView image) {
        view = image;
    }

    @Override
    public void applied(Applied entry) {
        var now = view;
        if (now != null) {
            entry.changes().forEach(now::take);
            now.applied(entry);
        }
    }

    @Override
    public void following(int leader, long term) {
        view = null;
    }

    @Override
    public void failed(Throwable cause) {
        view = null;
    }
}
