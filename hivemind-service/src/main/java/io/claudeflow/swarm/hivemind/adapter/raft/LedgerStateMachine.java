package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.codec.EntryCodec;
import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.Ledger;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * The ledger at the end of Ratis' log. The ledger is touched on the apply thread alone: leadership begins there too, so a new
 * leader's image and the entries after it cannot overlap.
 */
final class LedgerStateMachine extends BaseStateMachine {
    /** Who hears of what happens; called on Ratis' threads. */
    interface Observer {
        /** On the apply thread: everything before this leader's term is applied. */
        void leading(LedgerImage image, long nextDeadline);

        /**
         * On the apply thread.
         *
         * @param callId the proposal's, when this process made it; else -1
         */
        void applied(Applied applied, long callId);

        void leader(@Nullable RaftPeerId leader);

        /** The committed voters, by their ids. */
        void voters(Set<String> ids);

        void failed(Throwable cause);
    }

    private static final String CLOSED = "the Raft server has closed itself, as one does that the group has taken out:"
            + " such a volume is of no use any more, empty it to let the replica join anew";

    private final SnapshotFiles snapshots;
    private final Observer observer;
    private final long epoch;
    private final ClientId client;
    private Ledger ledger;

    /** @param client the id under which this process proposes */
    LedgerStateMachine(long epoch, ClientId client, Observer observer) {
        this.epoch = epoch;
        this.client = client;
        this.observer = observer;
        this.snapshots = new SnapshotFiles();
        this.ledger = new Ledger(LedgerImage.empty(epoch));
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        super.initialize(server, group, storage);
        getLifeCycle().startAndTransition(() -> {
            snapshots.init(storage);
            load();
        });
    }

    private void load() throws IOException {
        var latest = snapshots.latest();
        if (latest != null) {
            ledger = new Ledger(snapshots.read(latest));
            setLastAppliedTermIndex(latest.getTermIndex());
        } else {
            ledger = new Ledger(LedgerImage.empty(epoch));
        }
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        snapshots.reload();
        load();
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        var entry = Objects.requireNonNull(transaction.getLogEntry());
        var proposal = entry.getStateMachineLogEntry();
        var applied = ledger.apply(EntryCodec.read(proposal.getLogData().asReadOnlyByteBuffer()));
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        observer.applied(applied, proposal.getClientId().equals(client.toByteString()) ? proposal.getCallId() : -1);
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    @Override
    public void notifyLeaderReady() {
        observer.leading(ledger.image(), ledger.nextDeadline());
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        if (!leader.equals(member.getPeerId())) {
            observer.leader(leader);
        }
    }

    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto configuration) {
        if (configuration.getOldPeersList().isEmpty()) {
            observer.voters(configuration.getPeersList()
                    .stream()
                    .map(peer -> peer.getId().toStringUtf8())
                    .collect(Collectors.toUnmodifiableSet()));
        }
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        observer.leader(null);
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
        observer.failed(new IOException("the log could not be written: " + cause.getMessage(), cause));
    }

    @Override
    public void notifyServerShutdown(RoleInfoProto role, boolean all) {
        observer.failed(new IOException(CLOSED));
    }

    @Override
    public long takeSnapshot() throws IOException {
        return snapshots.write(ledger.image(), getLastAppliedTermIndex());
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots.storage();
    }

    @Override
    public void close() throws IOException {
        super.close();
        observer.failed(new IOException(CLOSED));
    }
}
