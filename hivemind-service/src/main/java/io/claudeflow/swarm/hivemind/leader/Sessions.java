package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.port.SessionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is connected, and when each agent was last heard. */
final class Sessions {
    private final Map<SessionId, Session> byId = new HashMap<>();
    private final Map<String, Session> byAgent = new HashMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    /** Agents not heard yet count as heard at the beginning: nobody is lost within one lease of an election. */
    private final long began;
    private long presence;

    Sessions(long began) {
        this.began = began;
    }

    Session open(SessionId id) {
        var session = new Session(id);
        byId.put(id, session);
        return session;
    }

    @Nullable
    Session get(SessionId id) {
        return byId.get(id);
    }

    /** Takes a session out; whether its agent is disconnected by that. */
    boolean close(Session session) {
        byId.remove(session.id);
        var who = session.registered;
        if (who != null && byAgent.remove(who.agentUid(), session)) {
            presence++;
            return true;
        }
        return false;
    }

    /** The session through which an agent is connected, or null. */
    @Nullable
    Session of(String agentUid) {
        return byAgent.get(agentUid);
    }

    /** Connects an agent; answers with the session that it replaces. */
    @Nullable
    Session connect(String agentUid, Session session) {
        presence++;
        var before = byAgent.put(agentUid, session);
        return before == session ? null : before;
    }

    void heard(String agentUid, long now) {
        heard.put(agentUid, now);
    }

    /** How long an agent has been silent, in milliseconds. */
    long silence(String agentUid, long now) {
        return now - heard.getOrDefault(agentUid, began);
    }

    void forget(String agentUid) {
        heard.remove(agentUid);
    }

    List<Session> connected() {
        return new ArrayList<>(byAgent.values());
    }

    Set<String> agents() {
        return Set.copyOf(byAgent.keySet());
    }

    Collection<Session> all() {
        return List.copyOf(byId.values());
    }

    /** Grows with every agent that connects or leaves. */
    long presence() {
        return presence;
    }
}
