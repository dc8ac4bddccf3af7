package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The hive-mind's leader, whoever that is. Any thread. */
public interface Hivemind {
    /** The longest that one command takes, retries included. */
    Duration LONGEST = Duration.ofSeconds(10);

    /**
     * Sends a command to the leader, again and with the same key while there is none or it does not answer, for at most
     * {@link #LONGEST}.
     */
    Future<HivemindReply> send(Outward row, HivemindCommand command, TraceContext trace);

    /** Sends once, and waits at most that long. */
    Future<HivemindReply> once(Outward row, HivemindCommand command, Duration deadline);

    /** {@link #send}, awaited on the calling virtual thread. */
    default HivemindReply ask(Outward row, HivemindCommand command, TraceContext trace) {
        try {
            return send(row, command, trace).await(LONGEST.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SwarmException(ErrorCode.INDETERMINATE, "the hive-mind did not answer " + row, e);
        }
    }
}
