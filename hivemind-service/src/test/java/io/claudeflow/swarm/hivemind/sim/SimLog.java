package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.adapter.raft.GroupCommit;
import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.membership.UnchangingGroup;
import io.claudeflow.swarm.hivemind.port.Group;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The log as one process of a replica sees it: what the Raft adapter is over Ratis, over the model of Raft. */
final class SimLog implements LedgerLog {
    private static final List<Integer> VOTERS = List.of(0, 1, 2);
    /** Until Ratis answers those whose entries it cannot vouch for. */
    private static final int ANSWER = 300;

    private final Replica replica;
    private final Swarm swarm;
    private final GroupCommit commit;
    private final Set<Long> inFlight = new HashSet<>();
    private long posted;
    private boolean leading;

    SimLog(Replica replica, Swarm swarm) {
        this.replica = replica;
        this.swarm = swarm;
        commit = new GroupCommit(Swarm.EPOCH, replica.clocks::nanos, replica.clocks::wallMillis, swarm.time::draw,
                this::send);
    }

    /** Brings something onto the hive-mind's context: a little later, in order. */
    private void post(Runnable action) {
        posted = Math.max(posted, swarm.time.now() + swarm.time.below(3));
        replica.host.after(posted - swarm.time.now(), action);
    }

    private void send(long callId, byte[] entry) {
        post(() -> {
            if (replica.raft().propose(entry, this, callId)) {
                inFlight.add(callId);
            } else {
                unknown(callId);
            }
        });
    }

    private void unknown(long callId) {
        swarm.tally.count(Fault.INDETERMINATE);
        commit.failed(callId,
                new SwarmException(ErrorCode.INDETERMINATE, "the ledger gave no answer: ask the leader again"));
    }

    /** An entry was applied; {@code first}: here before anywhere else. */
    void applied(Applied entry, RaftLog.Entry origin, boolean first) {
        boolean ours = origin.proposer() == this;
        if (first && !ours && origin.term() < replica.raft().term()) {
            swarm.tally.count(Fault.COMMITTED_BY_ANOTHER);
        }
        post(() -> {
            if (leading) {
                replica.coordinator().applied(entry);
            }
            if (ours) {
                inFlight.remove(origin.callId());
                commit.applied(origin.callId(), entry.results());
            }
        });
    }

    void leading(LedgerImage image, long nextDeadline) {
        post(() -> {
            if (replica.raft().leads()) {
                commit.lead(image.header().time());
                leading = true;
                replica.coordinator().leading(replica.raft().term(), new LedgerView(image, nextDeadline));
            }
        });
    }

    void following(int leader) {
        post(() -> {
            leading = false;
            commit.follow();
            replica.coordinator().following(leader, replica.raft().term());
        });
        for (var callId : List.copyOf(inFlight)) {
            inFlight.remove(callId);
            replica.host.after(swarm.time.below(ANSWER), () -> unknown(callId));
        }
    }

    @Override
    public Future<Void> start(Listener listener) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        return Future.succeededFuture();
    }

    @Override
    public Future<LedgerResult> submit(LedgerCommand command) {
        return commit.submit(command);
    }

    @Override
    public long now() {
        return commit.now();
    }

    @Override
    public boolean full() {
        return replica.full;
    }

    @Override
    public List<Integer> voters() {
        return VOTERS;
    }

    @Override
    public Group group() {
        return new UnchangingGroup();
    }
}
