package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A follower's link to the leader, opened anew until this replica hears of another leader; what LeaderLink and RelayCall do.
 * Whenever it opens, every agent is announced and what the leader has not taken is said again.
 */
final class FollowerLink {
    private static final int WELCOME = 5_000;
    private static final long SILENCE = 3_000;
    private static final int FIRST_DELAY = 20;
    private static final int LAST_DELAY = 1_000;

    private final Swarm swarm;
    private final Replica replica;
    private final int leader;
    private int delay = FIRST_DELAY;
    private boolean ended;
    private @Nullable Call call;

    /** One call: hello, welcome, then frames both ways. */
    final class Call {
        private final Connection.End end;
        private final Map<Gateway.Stream, Long> sent = new HashMap<>();
        private @Nullable PeerEnd peer;
        private boolean welcomed;
        private boolean over;
        private long unansweredSince = -1;

        private Call(Connection.End end) {
            this.end = end;
            end.onClosed(this::over);
            replica.host.after(WELCOME, () -> {
                if (!welcomed) {
                    over();
                }
            });
            watch();
        }

        private void watch() {
            replica.host.after(SILENCE / 3, () -> {
                if (unansweredSince >= 0 && swarm.time.now() - unansweredSince > SILENCE) {
                    over();
                }
                if (!over) {
                    watch();
                }
            });
        }

        /** Runs at the leader, before anything is sent to its end. */
        void peer(PeerEnd leadersEnd) {
            peer = leadersEnd;
        }

        void welcomed(int by) {
            if (by != leader) {
                over();
                return;
            }
            welcomed = true;
            delay = FIRST_DELAY;
            replica.gateway().streams().forEach(this::forward);
        }

        private void forward(Gateway.Stream stream) {
            if (!welcomed || over) {
                return;
            }
            var before = sent.get(stream);
            var unsent = before == null ? stream.uplink.fromTheStart() : stream.uplink.after(before);
            long connection = stream.id.connection();
            if (!unsent.isEmpty()) {
                sent.put(stream, stream.uplink.last());
                unansweredSince = unansweredSince < 0 ? swarm.time.now() : unansweredSince;
                for (var numbered : unsent) {
                    if (numbered.sequence() > 0 && !stream.first(numbered.sequence())) {
                        swarm.tally.count(Fault.RESENT_FRAMES);
                    }
                    end.send(() -> peer().up(connection, numbered.sequence(), numbered.frames()));
                }
            }
            if (stream.closed() && sent.remove(stream) != null) {
                end.send(() -> peer().left(connection));
            }
        }

        private PeerEnd peer() {
            return Objects.requireNonNull(peer);
        }

        void acknowledged(long connection, long sequence) {
            unansweredSince = -1;
            replica.gateway().acknowledged(connection, sequence);
        }

        void down(long connection, GatewayFrame frame) {
            replica.gateway().down(connection, frame);
        }

        void close(long connection) {
            replica.gateway().close(connection);
        }

        private void over() {
            if (over) {
                return;
            }
            over = true;
            end.close();
            call = null;
            if (!ended) {
                replica.host.after(swarm.time.between(delay / 2, delay + 1), FollowerLink.this::connect);
                delay = Math.min(delay * 2, LAST_DELAY);
            }
        }
    }

    FollowerLink(Swarm swarm, Replica replica, int leader) {
        this.swarm = swarm;
        this.replica = replica;
        this.leader = leader;
    }

    void connect() {
        if (ended) {
            return;
        }
        var other = swarm.replica(leader);
        var connection = new Connection(swarm.network, replica.host, other.host);
        var next = new Call(connection.client);
        call = next;
        connection.client.send(() -> other.gateway().hello(replica.ordinal, connection.server, next));
    }

    void forward(Gateway.Stream stream) {
        if (call != null) {
            call.forward(stream);
        }
    }

    void end() {
        ended = true;
        if (call != null) {
            call.over();
        }
    }
}
