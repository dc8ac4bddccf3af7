package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.port.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One agent's stream, as the leader knows it. */
final class Session {
    final SessionId id;
    /** Set once its token was believed. */
    @Nullable
    Registered registered;
    /** Says that it takes nothing more. */
    boolean draining;

    Session(SessionId id) {
        this.id = id;
    }

    /**
     * Who speaks.
     *
     * @param process    the agent's own word for its process
     * @param connection the number of that process's connection; 0: it does not count them
     * @param expires    when its token does
     */
    record Registered(String agentUid, String podUid, String process, long connection, Instant expires) {
        Assignment assignment(Agent agent) {
            return new Assignment(agentUid, agent.name(), podUid, process);
        }

        Registered renewed(Instant until) {
            return new Registered(agentUid, podUid, process, connection, until);
        }
    }
}
