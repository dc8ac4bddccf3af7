package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.mesh.agent.v1.Register;
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
     * @param process the agent's own word for its process
     * @param stream  which of the process' streams it is, counted from 1; 0: not counted
     * @param expires when its token does
     */
    record Registered(String agentUid, String podUid, String process, long stream, Instant expires) {
        Assignment assignment(Agent agent) {
            return new Assignment(agentUid, agent.name(), podUid, process);
        }

        /** Whether that stream of the same process was opened before this one: it was held up on its way. */
        boolean newerThan(Register other) {
            return process.equals(other.getSession()) && stream > other.getStream();
        }

        Registered renewed(Instant until) {
            return new Registered(agentUid, podUid, process, stream, until);
        }
    }
}
