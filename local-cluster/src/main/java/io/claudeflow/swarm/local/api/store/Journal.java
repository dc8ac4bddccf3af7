package io.claudeflow.swarm.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Where changes are kept beyond the process. */
public interface Journal {
    /** What a store starts with. */
    record Content(long revision, Map<ObjectKey, ObjectNode> objects) {
        public static final Content EMPTY = new Content(0, Map.of());
    }

    /**
     * Keeps the changes; completes when they are durable, on the caller's context. A failure means that none of them is kept. Called
     * again only after the previous call has completed.
     *
     * @param state everything after these changes, asked for (at once, or not at all) when the journal starts anew
     */
    Future<Void> append(List<Change> changes, Supplier<Content> state);

    Future<Void> close();

    /** Keeps nothing. */
    static Journal none() {
        return new Journal() {
            @Override
            public Future<Void> append(List<Change> changes, Supplier<Content> state) {
                return Future.succeededFuture();
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }
}
