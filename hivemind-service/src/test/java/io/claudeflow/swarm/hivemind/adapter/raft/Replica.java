package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.membership.Reconciliation;
import io.claudeflow.swarm.hivemind.port.GroupDoor;
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
import java.util.Objects;
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
    private volatile @Nullable Throwable failure;
    private volatile int leader = -1;
    private @Nullable Reconciliation members;
    private boolean closed;

    Replica(Path data, UUID group, int ordinal, List<Integer> ports) {
        this.data = data;
        this.ordinal = ordinal;
        this.log = new RaftLedgerLog(vertx,
                config(data, group, ordinal, ports, IntStream.range(0, ports.size()).boxed().toList(), true),
                SNAPSHOT_ENTRIES,
                (_, _) -> Future.failedFuture("nobody is to join"));
    }

    /** A replica whose group was founded by some of those that have ports. */
    Replica(Path data, UUID group, int ordinal, List<Integer> ports, List<Integer> founders, boolean founding,
            GroupDoor door) {
        this.data = data;
        this.ordinal = ordinal;
        this.log = new RaftLedgerLog(vertx, config(data, group, ordinal, ports, founders, founding), SNAPSHOT_ENTRIES,
                door);
        vertx.setPeriodic(50, _ -> context.runOnContext(_ -> {
            var now = members;
            if (now != null) {
                now.tick(millis());
            }
        }));
    }

    private static RaftConfig config(Path data, UUID group, int ordinal, List<Integer> ports, List<Integer> founders,
            boolean founding) {
        return new RaftConfig(group, 0, ordinal, founders, founding, host(ordinal), ports.get(ordinal),
                peer -> host(peer) + ":" + ports.get(peer), data);
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    Future<GroupDoor.Answer> join(GroupDoor.Request request) {
        return onContext(() -> {
            var now = members;
            return Future.succeededFuture(now == null
                    ? new GroupDoor.Answer.Ask(leader)
                    : now.join(request, millis()));
        });
    }

    Future<LedgerResult> submitting(LedgerCommand command) {
        return onContext(() -> log.submit(command));
    }

    /** Makes that replica the leader. */
    void handOver(int to) throws Exception {
        get(onContext(() -> {
            var now = Objects.requireNonNull(log.group().members());
            return log.group()
                    .handOver(now.voters().stream().filter(peer -> peer.ordinal() == to).findFirst().orElseThrow());
        }));
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Ends as a killed process does: nothing is handed over. */
    void kill() {
        close(Duration.ZERO);
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

    /** What the tasks' ledger says, as text to be compared. */
    List<String> contents() {
        return Objects.requireNonNull(view)
                .tasks()
                .stream()
                .map(task -> task.uid() + "@" + task.seq() + task.phase())
                .sorted()
                .toList();
    }

    void close() {
        close(Duration.ofSeconds(5));
    }

    private void close(Duration deadline) {
        if (!closed) {
            closed = true;
            view = null;
            try {
                get(onContext(() -> log.stop(deadline)));
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
        members = new Reconciliation(log.group(), image::membership);
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
        this.leader = leader;
        follow();
    }

    @Override
    public void failed(Throwable cause) {
        failure = failure == null ? cause : failure;
        follow();
    }

    private void follow() {
        view = null;
        if (members != null) {
            members.end();
            members = null;
        }
    }
}
