package io.claudeflow.swarm.hivemind.leader;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client's stream, as the leader knows it. */
final class Client {
    final long stream;
    final String session;
    final Who who;
    /** Requests that have not been answered with their end, by the UID of their task. */
    final Map<String, Long> outstanding = new HashMap<>();
    boolean welcomed;

    Client(long stream, String session, Who who) {
        this.stream = stream;
        this.session = session;
        this.who = who;
    }

    /**
     * Who speaks.
     *
     * @param submitter on whose account its tasks are
     * @param agentUid  null: a person
     * @param podUid    of the agent, else null
     * @param expires   when its token does
     */
    record Who(String submitter, @Nullable String agentUid, @Nullable String podUid, Instant expires) {}
}
