package io.claudeflow.swarm.hivemind.membership;

import io.claudeflow.swarm.hivemind.port.Group;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group that nobody changes. */
public final class UnchangingGroup implements Group {
    @Override
    public @Nullable Members members() {
        return null;
    }

    @Override
    public Future<Void> change(Members before, List<Peer> after) {
        return Future.failedFuture("not here");
    }

    @Override
    public Future<Void> handOver(Peer to) {
        return Future.failedFuture("not here");
    }
}
