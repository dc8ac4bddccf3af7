package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.AgentSessions;
import java.util.HashSet;
import java.util.Set;

/** This replica leads: its own agents are heard here, at once. */
final class LocalUpstream implements Upstream {
    private final AgentSessions sessions;
    private final Set<AgentStream> opened = new HashSet<>();
    private boolean ended;

    LocalUpstream(AgentSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void frames(AgentStream stream) {
        var unheard = stream.uplink();
        var told = opened.contains(stream) ? unheard.after(0) : unheard.fromTheStart();
        if (ended || told.isEmpty()) {
            return;
        }
        stream.acknowledged(unheard.last());
        if (opened.add(stream)) {
            sessions.opened(stream.id());
        }
        for (var numbered : told) {
            // Hearing one may have closed the stream.
            if (opened.contains(stream)) {
                sessions.frames(stream.id(), numbered.frames().getFramesList());
            }
        }
    }

    @Override
    public void closed(AgentStream stream) {
        frames(stream);
        if (!ended && opened.remove(stream)) {
            sessions.closed(stream.id());
        }
    }

    @Override
    public void end() {
        ended = true;
    }
}
