package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.hivemind.port.GroupDoor;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrames;
import io.claudeflow.swarm.mesh.agent.v1.AgentGatewayGrpcService;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrames;
import io.claudeflow.swarm.mesh.grpc.Dial;
import io.claudeflow.swarm.mesh.peer.v1.PeerGatewayGrpcService;
import io.claudeflow.swarm.mesh.peer.v1.PeerHello;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The agents' streams over gRPC. A stream's frames go straight to the {@link AgentSessions} where this replica leads, over one
 * link to the leader's peer port where it follows, and wait (1 MiB a stream, then it is read no further) while nobody is known
 * to lead. A leader that has not heard of a stream gets, first, its Register again with the newest token, so that agents notice
 * nothing of a change.
 *
 * <p>Call on the event-loop context on which {@link #start} was called; {@link AgentSessions} is called there.
 */
public final class GrpcAgentTransport implements AgentTransport, GroupDoor {
    private final Vertx vertx;
    private final GrpcAgentTransportConfig config;
    private final BiConsumer<HttpServer, GrpcServer> besides;
    private final Map<Long, AgentStream> streams = new HashMap<>();
    private final AgentStream.Listener listener = new StreamListener();
    private final RelayCall.Owner owner = new LinkOwner();
    private Upstream upstream = new Upstream.Unknown();
    private @Nullable Running running;
    private Function<Request, Answer> door = _ -> new Answer.Ask(-1);
    private int leader = -1;
    private long term = -1;
    private @Nullable AgentSessions sessions;
    private long lastConnection;

    private record Running(Context context, HttpServer gateway, HttpServer peer, GrpcClient client,
            PeerStreams peers) {}

    public GrpcAgentTransport(Vertx vertx, GrpcAgentTransportConfig config) {
        this(vertx, config, (_, _) -> {});
    }

    /** @param besides what else the gateway's port serves: gets the server and its gRPC services before they listen */
    public GrpcAgentTransport(Vertx vertx, GrpcAgentTransportConfig config,
            BiConsumer<HttpServer, GrpcServer> besides) {
        this.vertx = vertx;
        this.config = config;
        this.besides = besides;
    }

    /** Who answers replicas that ask to join; before the start. */
    public void door(Function<Request, Answer> answers) {
        door = answers;
    }

    @Override
    public Future<Answer> ask(int replica, Request request) {
        return JoinCalls.ask(running().client(), config.peerAddress().apply(replica), owner.hello(), request);
    }

    @Override
    public Future<Void> start() {
        var context = vertx.getOrCreateContext();
        if (!context.isEventLoopContext()) {
            return Future.failedFuture(new SwarmException(ErrorCode.INTERNAL,
                    "the agent transport has to be started on an event-loop context"));
        }
        var peers = new PeerStreams(context, config);
        var services = GrpcPorts.service(vertx, AgentGatewayGrpcService.Session, this::accept);
        var gateway = GrpcPorts.server(vertx, config.host(), config.gatewayPort(), Limits.AGENT_WINDOW, services);
        besides.accept(gateway, services);
        var peer = GrpcPorts.server(vertx, config.host(), config.peerPort(), Limits.PEER_WINDOW,
                GrpcPorts.service(vertx, PeerGatewayGrpcService.Relay, peers::accept)
                        .callHandler(PeerGatewayGrpcService.JoinGroup, call -> JoinCalls.accept(call, peers, door)));
        var now = new Running(context, gateway, peer, Dial.client(vertx, Limits.PEER_WINDOW), peers);
        running = now;
        if (sessions != null) {
            follow(now, sessions, false);
        }
        return GrpcPorts.listen(gateway, config.host(), config.gatewayPort(), "agents")
                .compose(_ -> GrpcPorts.listen(peer, config.host(), config.peerPort(), "peers"))
                .recover(cause -> stop(Duration.ZERO).transform(_ -> Future.failedFuture(cause)));
    }

    private void accept(GrpcServerRequest<AgentFrames, GatewayFrames> request) {
        if (streams.size() >= Limits.STREAMS) {
            request.response()
                    .status(GrpcStatus.RESOURCE_EXHAUSTED)
                    .statusMessage("this replica holds " + Limits.STREAMS + " agents; try another one")
                    .end()
                    .onFailure(_ -> request.response().cancel());
            return;
        }
        var id = new SessionId(config.replica(), ++lastConnection);
        var stream = new AgentStream(id, running().context(), request, listener);
        streams.put(id.connection(), stream);
        stream.open();
    }

    @Override
    public void leader(int newLeader, long newTerm, AgentSessions newSessions) {
        if (newLeader == leader && newTerm == term && newSessions == sessions) {
            return;
        }
        boolean sameLink = newLeader == leader && upstream instanceof LeaderLink;
        leader = newLeader;
        term = newTerm;
        sessions = newSessions;
        if (running != null) {
            follow(running, newSessions, sameLink);
        }
    }

    /** @param sameLink the leader is the same in a newer term; it ends the link itself when it has heard of that */
    private void follow(Running now, AgentSessions heard, boolean sameLink) {
        boolean leads = leader == config.replica();
        now.peers().leader(leader, term, leads ? heard : null);
        if (sameLink) {
            return;
        }
        upstream.end();
        if (leads) {
            upstream = new LocalUpstream(heard);
        } else if (leader < 0) {
            upstream = new Upstream.Unknown();
        } else {
            var link = new LeaderLink(now.context(), now.client(), config.peerAddress(), owner, leader);
            upstream = link;
            link.connect();
        }
        List.copyOf(streams.values()).forEach(stream -> {
            upstream.frames(stream);
            if (stream.closed()) {
                listener.closed(stream);
            }
        });
    }

    @Override
    public void send(SessionId session, GatewayFrame frame) {
        if (session.replica() == config.replica()) {
            var stream = streams.get(session.connection());
            if (stream != null) {
                stream.send(frame);
            }
        } else if (running != null) {
            running.peers().send(session, frame);
        }
    }

    @Override
    public void close(SessionId session) {
        if (session.replica() == config.replica()) {
            var stream = streams.get(session.connection());
            if (stream != null) {
                stream.end();
            }
        } else if (running != null) {
            running.peers().close(session);
        }
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        var now = running;
        if (now == null) {
            return Future.succeededFuture();
        }
        running = null;
        upstream.end();
        upstream = new Upstream.Unknown();
        now.peers().leader(-1, term, null);
        List.copyOf(streams.values()).forEach(AgentStream::end);
        streams.clear();
        long millis = deadline.toMillis();
        return GrpcPorts.close(now.gateway(), millis)
                .eventually(() -> GrpcPorts.close(now.peer(), millis))
                .eventually(() -> now.client().close());
    }

    /** The port that agents find; after start. */
    int gatewayPort() {
        return running().gateway().actualPort();
    }

    /** The port that peers find; after start. */
    int peerPort() {
        return running().peer().actualPort();
    }

    private Running running() {
        var now = running;
        if (now == null) {
            throw new IllegalStateException("the agent transport does not run");
        }
        return now;
    }

    private final class StreamListener implements AgentStream.Listener {
        @Override
        public void frames(AgentStream stream) {
            upstream.frames(stream);
        }

        @Override
        public void closed(AgentStream stream) {
            upstream.closed(stream);
            if (stream.uplink().isEmpty()) {
                streams.remove(stream.id().connection());
            } else {
                vertx.setTimer(Limits.DEPARTED, _ -> streams.remove(stream.id().connection()));
            }
        }
    }

    private final class LinkOwner implements RelayCall.Owner {
        @Override
        public PeerHello hello() {
            return PeerHello.newBuilder()
                    .setReplica(config.replica())
                    .setGroupId(config.groupId())
                    .setEpoch(config.epoch())
                    .setSecret(config.peerSecret())
                    .build();
        }

        @Override
        public Collection<AgentStream> streams() {
            return streams.values();
        }

        @Override
        public @Nullable AgentStream stream(long connection) {
            return streams.get(connection);
        }

        @Override
        public void acknowledged(AgentStream stream, long sequence) {
            stream.acknowledged(sequence);
            if (stream.closed() && stream.uplink().isEmpty()) {
                streams.remove(stream.id().connection());
            }
        }

        @Override
        public void deliver(SessionId session, List<GatewayFrame> frames) {
            var stream = streams.get(session.connection());
            if (stream != null) {
                frames.forEach(stream::send);
            }
        }

        @Override
        public void close(SessionId session) {
            var stream = streams.get(session.connection());
            if (stream != null) {
                stream.end();
            }
        }
    }
}
