package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.adapter.grpc.HeldFrames;
import io.claudeflow.swarm.hivemind.port.AgentSessions;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agents' streams at one process of a replica: what GrpcAgentTransport does, over modelled connections. */
final class Gateway implements AgentTransport {
    /** How long the frames of an agent that has left wait for a leader. */
    private static final int DEPARTED = 10_000;

    private final Swarm swarm;
    private final Replica replica;
    private final Map<Long, Stream> streams = new LinkedHashMap<>();
    private final Map<Integer, PeerEnd> peers = new HashMap<>();
    private final Set<Stream> openedHere = new HashSet<>();
    private @Nullable AgentSessions local;
    private @Nullable FollowerLink link;
    private @Nullable AgentSessions sessions;
    private int leader = -1;
    private long term = -1;
    private long lastConnection;

    /** Where an agent hears what it is sent; called in the agent's process. */
    interface Ear {
        void hear(GatewayFrame frame);

        /** Whether the agent still speaks through this stream. */
        boolean current();
    }

    /** One agent's stream. */
    final class Stream {
        final SessionId id;
        final HeldFrames uplink = new HeldFrames();
        private final Connection.End end;
        private final Ear ear;
        private boolean closed;
        private long sent;

        private Stream(SessionId id, Connection.End end, Ear ear) {
            this.id = id;
            this.end = end;
            this.ear = ear;
            end.onClosed(this::gone);
        }

        /** Takes what the agent says. */
        void received(List<AgentFrame> frames) {
            if (closed) {
                return;
            }
            if (!ear.current()) {
                swarm.tally.count(Fault.LATE_FRAME);
            }
            uplink.append(frames);
            up(this);
        }

        private void send(GatewayFrame frame) {
            end.send(() -> ear.hear(frame));
        }

        private void finish() {
            end.close();
            gone();
        }

        private void gone() {
            if (!closed) {
                closed = true;
                left(this);
            }
        }

        boolean closed() {
            return closed;
        }

        /** Whether what has that number is passed on for the first time. */
        boolean first(long sequence) {
            boolean first = sequence > sent;
            sent = Math.max(sent, sequence);
            return first;
        }
    }

    Gateway(Swarm swarm, Replica replica) {
        this.swarm = swarm;
        this.replica = replica;
    }

    Stream accept(Connection.End end, Ear ear) {
        var stream = new Stream(new SessionId(replica.ordinal, ++lastConnection), end, ear);
        streams.put(lastConnection, stream);
        return stream;
    }

    Collection<Stream> streams() {
        return List.copyOf(streams.values());
    }

    private void up(Stream stream) {
        if (link != null) {
            link.forward(stream);
        } else if (local != null) {
            upHere(local, stream);
        }
    }

    /** This replica leads: its own agents are heard at once. */
    private void upHere(AgentSessions heard, Stream stream) {
        var told = openedHere.contains(stream) ? stream.uplink.after(0) : stream.uplink.fromTheStart();
        if (told.isEmpty()) {
            return;
        }
        stream.uplink.acknowledge(stream.uplink.last());
        if (openedHere.add(stream)) {
            heard.opened(stream.id);
        }
        for (var numbered : told) {
            if (openedHere.contains(stream)) {
                heard.frames(stream.id, numbered.frames());
            }
        }
    }

    private void left(Stream stream) {
        up(stream);
        if (local != null && openedHere.remove(stream)) {
            local.closed(stream.id);
        }
        if (stream.uplink.isEmpty()) {
            streams.remove(stream.id.connection());
        } else {
            replica.host.after(DEPARTED, () -> streams.remove(stream.id.connection()));
        }
    }

    /** The leader has taken what that stream said up to that number. */
    void acknowledged(long connection, long sequence) {
        var stream = streams.get(connection);
        if (stream != null) {
            stream.uplink.acknowledge(sequence);
            if (stream.closed && stream.uplink.isEmpty()) {
                streams.remove(connection);
            }
        }
    }

    @Override
    public void leader(int newLeader, long newTerm, AgentSessions newSessions) {
        if (newLeader == leader && newTerm == term && newSessions == sessions) {
            return;
        }
        boolean sameLink = newLeader == leader && link != null;
        leader = newLeader;
        term = newTerm;
        sessions = newSessions;
        var links = new ArrayList<>(peers.values());
        peers.clear();
        links.forEach(PeerEnd::forget);
        if (sameLink) {
            return;
        }
        if (link != null) {
            link.end();
        }
        link = null;
        openedHere.clear();
        local = leader == replica.ordinal ? newSessions : null;
        if (leader >= 0 && local == null) {
            link = new FollowerLink(swarm, replica, leader);
            link.connect();
        }
        streams().forEach(stream -> {
            up(stream);
            if (stream.closed) {
                left(stream);
            }
        });
    }

    /** A follower opens its link; {@code call} is its end. */
    void hello(int ordinal, Connection.End end, FollowerLink.Call call) {
        int leads = leader;
        if (local == null) {
            end.send(() -> call.welcomed(leads));
            end.close();
            return;
        }
        var peer = new PeerEnd(local, ordinal, end, call, this);
        var former = peers.put(ordinal, peer);
        if (former != null) {
            former.drop();
        }
        call.peer(peer);
        end.send(() -> call.welcomed(leads));
    }

    void gone(int ordinal, PeerEnd peer) {
        peers.remove(ordinal, peer);
    }

    @Override
    public void send(SessionId session, GatewayFrame frame) {
        if (session.replica() == replica.ordinal) {
            down(session.connection(), frame);
        } else {
            var peer = peers.get(session.replica());
            if (peer != null) {
                peer.send(session.connection(), frame);
            }
        }
    }

    void down(long connection, GatewayFrame frame) {
        var stream = streams.get(connection);
        if (stream != null) {
            stream.send(frame);
        }
    }

    @Override
    public void close(SessionId session) {
        if (session.replica() == replica.ordinal) {
            close(session.connection());
        } else {
            var peer = peers.get(session.replica());
            if (peer != null) {
                peer.close(session.connection());
            }
        }
    }

    void close(long connection) {
        var stream = streams.get(connection);
        if (stream != null) {
            stream.finish();
        }
    }

    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        return Future.succeededFuture();
    }
}
