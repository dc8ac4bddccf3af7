package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.port.Group;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpcWithProxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The voters of a running server's group. Ratis itself fills a new one before it may vote (its staging). */
final class RaftMembers implements Group {
    private static final Logger LOG = LoggerFactory.getLogger(RaftMembers.class);
    /** A follower that has not answered for longer is not counted on; its heartbeats come every quarter of a second. */
    private static final long ALIVE_MILLIS = 1_500;
    private static final long HAND_OVER_MILLIS = 2_000;

    private final Vertx vertx;
    private final RaftServer server;
    private final RaftGroupId group;
    private final WorkerExecutor executor;
    /** Not the proposals': Ratis remembers calls by client and number. */
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();

    RaftMembers(Vertx vertx, RaftServer server, RaftGroupId group, WorkerExecutor executor) {
        this.vertx = vertx;
        this.server = server;
        this.group = group;
        this.executor = executor;
    }

    /**
     * Lets go of the connections to the others, so that the next election opens new ones: a follower needs them for elections alone,
     * and one to a peer that was away in the last election is tried again only after gRPC's backoff, which grows to minutes.
     */
    void renewConnections() {
        executor.executeBlocking(() -> {
            var division = server.getDivision(group);
            if (!division.getInfo().isLeader()
                    && server.getServerRpc() instanceof RaftServerRpcWithProxy<?, ?> connections) {
                division.getRaftConf()
                        .getAllPeers()
                        .stream()
                        .map(RaftPeer::getId)
                        .filter(peer -> !peer.equals(server.getId()))
                        .forEach(connections.getProxies()::resetProxy);
            }
            return null;
        }).onFailure(cause -> LOG.atDebug().setCause(cause).log("connections were not renewed"));
    }

    @Override
    public @Nullable Members members() {
        try {
            var division = server.getDivision(group);
            var conf = division.getRaftConf();
            if (!division.getInfo().isLeader() || !conf.getPreviousPeers().isEmpty()) {
                return null;
            }
            var alive = new HashSet<String>();
            alive.add(server.getId().toString());
            for (var follower : division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
                if (follower.getLastRpcElapsedTimeMs() <= ALIVE_MILLIS) {
                    alive.add(follower.getId().getId().toStringUtf8());
                }
            }
            return new Members(conf.getCurrentPeers()
                    .stream()
                    .map(RaftMembers::peer)
                    .sorted(
                            Comparator.comparingInt(Peer::ordinal))
                    .toList(), server.getId().toString(), alive);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the group is not there");
            return null;
        }
    }

    private static Peer peer(RaftPeer peer) {
        var id = peer.getId().toString();
        return new Peer(id, PeerIds.ordinal(id), peer.getAddress());
    }

    private static List<RaftPeer> peers(Collection<Peer> peers) {
        return peers.stream()
                .map(peer -> RaftPeer.newBuilder().setId(peer.id()).setAddress(peer.address()).build())
                .toList();
    }

    @Override
    public Future<Void> change(Members before, List<Peer> after) {
        var arguments = new SetConfigurationRequest.Arguments.Builder()
                .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                .setServersInCurrentConf(peers(before.voters()))
                .setServersInNewConf(peers(after))
                .build();
        return ask(() -> server.setConfigurationAsync(new SetConfigurationRequest(client, server.getId(), group,
                calls.incrementAndGet(), arguments)));
    }

    @Override
    public Future<Void> handOver(Peer to) {
        return ask(() -> server.transferLeadershipAsync(new TransferLeadershipRequest(client, server.getId(), group,
                calls.incrementAndGet(), RaftPeerId.valueOf(to.id()), HAND_OVER_MILLIS)));
    }

    /** Makes another voter that answers the leader, the one that has most; does nothing where there is none. */
    Future<Void> handOver() {
        var now = members();
        if (now == null) {
            return Future.succeededFuture();
        }
        var commits = commits();
        return now.voters()
                .stream()
                .filter(voter -> !voter.id().equals(now.self()) && now.alive().contains(voter.id()))
                .max(Comparator.comparingLong(voter -> commits.getOrDefault(voter.ordinal(), -1L)))
                .map(this::handOver)
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> ask(Callable<CompletableFuture<RaftClientReply>> request) {
        var context = vertx.getOrCreateContext();
        return executor.executeBlocking(request, true)
                .compose(reply -> Future.fromCompletionStage(reply, context))
                .compose(reply -> reply.isSuccess()
                        ? Future.succeededFuture()
                        : Future.failedFuture(new SwarmException(ErrorCode.INDETERMINATE,
                                "Raft did not do it: " + reply.getException(), reply.getException())));
    }

    /** How far each voter has committed, as the leader knows, by ordinal; -1: nothing was heard. */
    Map<Integer, Long> commits() {
        var commits = new TreeMap<Integer, Long>();
        try {
            var division = server.getDivision(group);
            RaftConfiguration conf = division.getRaftConf();
            for (var info : division.getCommitInfos()) {
                var id = info.getServer().getId().toStringUtf8();
                if (conf.getPeer(RaftPeerId.valueOf(id)) != null) {
                    commits.merge(PeerIds.ordinal(id), info.getCommitIndex(), Math::max);
                }
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the group is not there");
        }
        return commits;
    }
}
