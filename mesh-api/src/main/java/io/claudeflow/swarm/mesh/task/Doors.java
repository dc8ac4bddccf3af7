package io.claudeflow.swarm.mesh.task;

import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which door is tried next, and after how long: the one that was named as the leader's once, at once, then the known ones in turn. */
final class Doors {
    private static final long FIRST_PAUSE = 20;
    private static final long LAST_PAUSE = 1_000;

    private final List<SocketAddress> known;
    private int turn;
    private long pause = FIRST_PAUSE;
    private @Nullable SocketAddress named;

    Doors(List<SocketAddress> known) {
        this.known = known;
    }

    SocketAddress next() {
        var leader = named;
        named = null;
        return leader != null ? leader : known.get(turn++ % known.size());
    }

    /** A replica has named the leader's door, {@code host:port}; empty: it knows none. */
    void named(String address) {
        int colon = address.lastIndexOf(':');
        if (colon > 0) {
            named = SocketAddress.inetSocketAddress(Integer.parseInt(address.substring(colon + 1)),
                    address.substring(0, colon));
        }
    }

    /** The leader has welcomed us. */
    void found() {
        pause = FIRST_PAUSE;
    }

    /** Nothing that passes quickly: the next tries come late. */
    void refused() {
        pause = LAST_PAUSE;
    }

    /** Milliseconds until the next try, with jitter. */
    long pause() {
        if (named != null) {
            return 1;
        }
        long now = pause;
        pause = Math.min(LAST_PAUSE, pause * 2);
        return ThreadLocalRandom.current().nextLong(now / 2, now + 1) + 1;
    }
}
