package io.claudeflow.swarm.hivemind.sim;

import java.util.ArrayDeque;

/**
 * A stream between two processes: what one end sends runs at the other, in order, while that end is open. A cut link holds it up;
 * the end of a stream comes after everything that was sent before it.
 */
final class Connection {
    /** How often a held-up stream tries again. */
    private static final int AGAIN = 40;

    final End client;
    final End server;

    Connection(Network network, Host from, Host to) {
        client = new End(network, from, to);
        server = new End(network, to, from);
        client.other = server;
        server.other = client;
        if (to.up()) {
            to.opened(server);
        } else {
            // Refused: nobody listens there.
            server.open = false;
            from.after(network.delay(), client::finished);
        }
        from.opened(client);
    }

    /** One process' side. */
    static final class End {
        private final Network network;
        private final Host host;
        private final Host peer;
        private final int peerLife;
        private final ArrayDeque<Message> way = new ArrayDeque<>();
        private End other = this;
        private Runnable closed = () -> {};
        private boolean open = true;
        private long lastArrival;

        private record Message(long at, Runnable action) {}

        private End(Network network, Host host, Host peer) {
            this.network = network;
            this.host = host;
            this.peer = peer;
            this.peerLife = peer.life();
        }

        /** What to do when the other side ends the stream. */
        void onClosed(Runnable action) {
            closed = action;
        }

        boolean open() {
            return open;
        }

        /** Runs at the other end. */
        void send(Runnable action) {
            if (open) {
                put(() -> {
                    if (other.open) {
                        action.run();
                    }
                });
            }
        }

        /** Ends the stream; this side hears nothing more. */
        void close() {
            if (open) {
                open = false;
                host.closed(this);
                put(other::finished);
            }
        }

        private void finished() {
            if (open) {
                open = false;
                host.closed(this);
                closed.run();
            }
        }

        private void put(Runnable action) {
            var time = network.time;
            lastArrival = Math.max(lastArrival, time.now() + network.delay());
            way.add(new Message(lastArrival, action));
            if (way.size() == 1) {
                time.after(lastArrival - time.now(), this::arrive);
            }
        }

        private void arrive() {
            if (!network.open(host, peer)) {
                network.time.after(AGAIN, this::arrive);
                return;
            }
            // Stays first while it runs: what it sends this way waits for its turn.
            peer.deliver(peerLife, way.element().action());
            way.remove();
            var next = way.peek();
            if (next != null) {
                network.time.after(next.at() - network.time.now(), this::arrive);
            }
        }
    }
}
