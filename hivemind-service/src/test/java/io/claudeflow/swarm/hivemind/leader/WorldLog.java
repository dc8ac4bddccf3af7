package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerEntry;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** A replicated log without replicas: entries are committed in order after a while; a change of leader cuts what is on its way. */
final class WorldLog {
    private final World world;
    private final ArrayDeque<Proposal> flying = new ArrayDeque<>();

    private record Proposal(LedgerCommand command, Promise<LedgerResult> promise) {}

    WorldLog(World world) {
        this.world = world;
    }

    private Future<LedgerResult> propose(int replica, LedgerCommand command) {
        if (replica != world.leader) {
            return Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE, "does not lead"));
        }
        var proposal = new Proposal(command, Promise.promise());
        flying.add(proposal);
        world.after(world.random.nextInt(1, 8), this::commitFirst);
        return proposal.promise().future();
    }

    private void commitFirst() {
        var first = flying.poll();
        if (first == null) {
            return;
        }
        var applied = world.ledger.apply(entry(first.command()));
        world.replica(world.leader).applied(applied);
        first.promise().complete(applied.results().getFirst());
    }

    private LedgerEntry entry(LedgerCommand command) {
        return new LedgerEntry(1, 1, world.now(), world.now(), world.random.nextLong(), List.of(command));
    }

    /** Leadership is gone: the first few are committed by the next leader, the others are lost; nobody is told which. */
    void cut() {
        var all = List.copyOf(flying);
        flying.clear();
        int kept = all.isEmpty() ? 0 : world.random.nextInt(all.size() + 1);
        all.subList(0, kept).forEach(proposal -> world.ledger.apply(entry(proposal.command())));
        all.forEach(proposal -> proposal.promise()
                .fail(new SwarmException(ErrorCode.INDETERMINATE, "leadership was lost on the way")));
    }

    LedgerLog of(int ordinal) {
        return new LedgerLog() {
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
                return propose(ordinal, command);
            }

            @Override
            public long now() {
                return world.now();
            }

            @Override
            public boolean full() {
                return false;
            }

            @Override
            public List<Integer> voters() {
                return List.of(0, 1, 2);
            }
        };
    }
}
