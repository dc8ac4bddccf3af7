package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.vertx.core.Context;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A follower's link to the leader's peer port, opened anew with jittered backoff until this replica hears of another leader.
 * Whenever it opens, every agent is announced (its first frames are its introduction) and what the leader has not taken is
 * said again.
 */
final class LeaderLink implements Upstream {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderLink.class);
    private static final long FIRST_DELAY = 20;
    private static final long LAST_DELAY = 1_000;
    /** A refused peer asks less often: its configuration has to change first. */
    private static final long REFUSED_DELAY = 5_000;

    private final Context context;
    private final GrpcClient client;
    private final IntFunction<SocketAddress> peerAddress;
    private final RelayCall.Owner owner;
    private final int leader;
    private long delay = FIRST_DELAY;
    private boolean ended;
    private boolean told;
    private @Nullable RelayCall call;

    LeaderLink(Context context, GrpcClient client, IntFunction<SocketAddress> peerAddress, RelayCall.Owner owner,
            int leader) {
        this.context = context;
        this.client = client;
        this.peerAddress = peerAddress;
        this.owner = owner;
        this.leader = leader;
    }

    void connect() {
        if (ended) {
            return;
        }
        var attempt = new RelayCall(context, owner, leader, this::over, this::opened);
        call = attempt;
        try {
            attempt.start(client, peerAddress.apply(leader));
        } catch (RuntimeException e) {
            // A replica whose address is not known yet is asked for again.
            attempt.end(String.valueOf(e.getMessage()));
        }
    }

    private void opened() {
        delay = FIRST_DELAY;
        told = false;
        LOG.atInfo().addKeyValue("leader", leader).log("the leader hears this replica's agents");
    }

    private void over(RelayCall.End end) {
        call = null;
        if (ended) {
            return;
        }
        if (!told) {
            told = true;
            LOG.atWarn()
                    .addKeyValue("leader", leader)
                    .addKeyValue("reason", end.reason())
                    .log("the link to the leader is down; agents' frames wait");
        }
        long next = end.refused() ? REFUSED_DELAY : ThreadLocalRandom.current().nextLong(delay / 2, delay + 1);
        delay = Math.min(delay * 2, LAST_DELAY);
        context.owner().setTimer(next, _ -> connect());
    }

    @Override
    public void frames(AgentStream stream) {
        var current = call;
        if (current != null) {
            current.forward(stream);
        }
    }

    @Override
    public void closed(AgentStream stream) {
        var current = call;
        if (current != null) {
            current.forward(stream);
        }
    }

    @Override
    public void end() {
        ended = true;
        var current = call;
        if (current != null) {
            current.end("another replica is to be asked");
        }
    }
}
