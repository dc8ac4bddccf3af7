package io.claudeflow.swarm.kit.trace;

import io.vertx.core.Future;
import java.util.Map;

/** Starts spans. Any thread; never blocks. */
public interface Tracer {
    /**
     * Starts a span under {@code parent}.
     *
     * @param name       a constant: what is done, not to what
     * @param attributes to what it is done
     */
    Span start(String name, TraceContext parent, Map<String, String> attributes);

    /** Sends what has not been sent yet, for at most ten seconds. Spans that end later are lost. */
    Future<Void> close();

    /** A tracer that exports nothing; its spans still continue the trace. */
    static Tracer none() {
        return new Tracer() {
            @Override
            public Span start(String name, TraceContext parent, Map<String, String> attributes) {
                return new Silent(parent.child());
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }

    /** A span that is nowhere recorded. */
    record Silent(TraceContext context) implements Span {
        @Override
        public void end() {
            // Nothing was recorded.
        }

        @Override
        public void fail(String reason) {
            // Nothing was recorded.
        }
    }
}
