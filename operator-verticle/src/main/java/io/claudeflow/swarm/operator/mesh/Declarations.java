package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.DeclareAgents;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.RemoveAgents;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the ledger was told of each agent, so that it is told once. Any virtual thread; calls await the ledger's commit. */
public final class Declarations {
    private final Hivemind hivemind;
    private final Map<String, AgentDeclaration> told = new ConcurrentHashMap<>();

    public Declarations(Hivemind hivemind) {
        this.hivemind = hivemind;
    }

    /** All agents that there are; the ledger removes others that it knew at {@code asOf}. Does not wait. */
    Future<HivemindReply> all(Collection<AgentDeclaration> agents, long asOf) {
        return hivemind.send(Outward.AGENTS_LISTED, new DeclareAgents(List.copyOf(agents), asOf), TraceContext.root())
                .onSuccess(_ -> {
                    told.clear();
                    agents.forEach(agent -> told.put(agent.agentUid(), agent));
                });
    }

    /** One agent; nothing is sent when the ledger was told the same. */
    public void one(AgentDeclaration agent) {
        if (agent.equals(told.get(agent.agentUid()))) {
            return;
        }
        hivemind.ask(Outward.AGENT_APPLIED, new DeclareAgents(List.of(agent), null),
                TraceContext.ofUid(agent.agentUid()));
        told.put(agent.agentUid(), agent);
    }

    /** A pod is gone: its token is refused from then on. Nothing is sent for one that the ledger was not told of. */
    public void gone(String podUid, String reason) {
        var before = told.values().stream().filter(agent -> agent.podUid().equals(podUid)).findFirst().orElse(null);
        if (before != null) {
            hivemind.ask(Outward.AGENT_POD_GONE, new RemoveAgents(List.of(podUid), reason),
                    TraceContext.ofUid(before.agentUid()));
            told.remove(before.agentUid(), before);
        }
    }
}
