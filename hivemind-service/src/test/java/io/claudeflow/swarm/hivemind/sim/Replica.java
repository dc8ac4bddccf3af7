package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.codec.EntryCodec;
import io.claudeflow.swarm.hivemind.codec.SnapshotCodec;
import io.claudeflow.swarm.hivemind.leader.Coordinator;
import io.claudeflow.swarm.hivemind.leader.LeaderConfig;
import io.claudeflow.swarm.hivemind.ledger.Ledger;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One replica of the hive-mind: a volume, clocks, and a process that comes and goes. */
final class Replica implements RaftNode.Machine {
    /** A replica compares its whole state with the others' after so many entries. */
    private static final int COMPARED = 512;

    final int ordinal;
    final Host host;
    final Clocks clocks;
    private final RaftLog volume = new RaftLog();
    private final Swarm swarm;
    /** Whether the volume is nearly full. */
    boolean full;
    private @Nullable Running running;

    /** What a crash takes away. */
    private static final class Running {
        final SimLog log;
        final Gateway gateway;
        final Coordinator coordinator;
        Ledger ledger;
        @Nullable
        RaftNode raft;

        Running(SimLog log, Gateway gateway, Coordinator coordinator, Ledger ledger) {
            this.log = log;
            this.gateway = gateway;
            this.coordinator = coordinator;
            this.ledger = ledger;
        }
    }

    Replica(Swarm swarm, int ordinal, Host host) {
        this.swarm = swarm;
        this.ordinal = ordinal;
        this.host = host;
        clocks = new Clocks(swarm.time);
    }

    /** A new process on the volume. */
    void start() {
        host.start();
        var snapshot = volume.snapshot();
        if (snapshot != null) {
            swarm.tally.count(Fault.RESTART_FROM_SNAPSHOT);
        }
        var log = new SimLog(this, swarm);
        var gateway = new Gateway(swarm, this);
        var config = new LeaderConfig("uid", Swarm.NAME, ordinal, Duration.ofSeconds(5), Duration.ofSeconds(1));
        var coordinator = new Coordinator(config, log, gateway, swarm.door, new PodTokens(clocks),
                (when, _, _) -> holds(when), new NoMeters(),
                state -> swarm.heard(this, state), cause -> {
                    throw new IllegalStateException(cause);
                }, clocks::millis, () -> Instant.ofEpochMilli(clocks.wallMillis()));
        running = new Running(log, gateway, coordinator, new Ledger(
                snapshot == null ? LedgerImage.empty(Swarm.EPOCH) : image(snapshot.bytes())));
        running.raft = new RaftNode(ordinal, Swarm.REPLICAS, host, volume, this, this::send);
        tick(coordinator);
    }

    /** A condition is worked out elsewhere, and takes its time. */
    private Future<Boolean> holds(String when) {
        Promise<Boolean> answer = Promise.promise();
        host.after(swarm.time.below(300), () -> {
            try {
                answer.complete(Graphs.holds(when));
            } catch (IllegalArgumentException e) {
                answer.fail(e);
            }
        });
        return answer.future();
    }

    private void tick(Coordinator coordinator) {
        host.after(Coordinator.TICK_MILLIS, () -> {
            coordinator.tick();
            tick(coordinator);
        });
    }

    void crash() {
        host.crash();
        running = null;
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }

    RaftNode raft() {
        return Objects.requireNonNull(running().raft);
    }

    Coordinator coordinator() {
        return running().coordinator;
    }

    Gateway gateway() {
        return running().gateway;
    }

    /** The ledger's present state. */
    LedgerImage image() {
        return running().ledger.image();
    }

    /** Whether the model of Raft says that this replica leads; it may be wrong. */
    boolean leads() {
        var now = running;
        return now != null && now.raft != null && now.raft.leads();
    }

    private void send(int to, RaftMessage message) {
        var peer = swarm.replica(to);
        swarm.network.datagram(host, peer.host, () -> peer.raft().receive(message));
    }

    @Override
    public void apply(long index, RaftLog.Entry entry) {
        var bytes = entry.bytes();
        if (bytes == null) {
            return;
        }
        var now = running();
        var read = EntryCodec.read(ByteBuffer.wrap(bytes));
        var applied = now.ledger.apply(swarm.planted.entry(read, now.ledger));
        boolean first = swarm.checker.applied(this, index, applied);
        now.log.applied(applied, entry, first);
        if (index % COMPARED == 0) {
            swarm.checker.state(this, index, bytes(image()));
        }
    }

    @Override
    public void leading() {
        running().log.leading(image(), running().ledger.nextDeadline());
        swarm.leads(this);
    }

    @Override
    public void following(int leader) {
        running().log.following(leader);
    }

    @Override
    public void restore(RaftLog.Snapshot snapshot) {
        swarm.tally.count(Fault.SNAPSHOT_INSTALLED);
        running().ledger = new Ledger(image(snapshot.bytes()));
    }

    /** Writes a snapshot and keeps that many entries before it. */
    void snapshot(int before) {
        if (raft().applied() > 0) {
            var image = image();
            var bytes = bytes(image);
            swarm.checker.state(this, raft().applied(), bytes);
            var kept = swarm.planted.image(image);
            raft().compact(kept == image ? bytes : bytes(kept), before);
        }
    }

    static byte[] bytes(LedgerImage image) {
        var out = new ByteArrayOutputStream();
        try {
            SnapshotCodec.write(image, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static LedgerImage image(byte[] snapshot) {
        try {
            return SnapshotCodec.read(new ByteArrayInputStream(snapshot));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
