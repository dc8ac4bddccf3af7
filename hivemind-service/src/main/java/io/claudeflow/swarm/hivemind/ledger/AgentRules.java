package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Done;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import java.util.HashSet;
import java.util.List;

/** Who the agents are, and what becomes of the steps of those that are gone. */
final class AgentRules {
    private final LedgerState state;
    private final Attempts attempts;

    AgentRules(LedgerState state, Attempts attempts) {
        this.state = state;
        this.attempts = attempts;
    }

    LedgerResult declare(LedgerCommand.DeclareAgents command) {
        var asOf = command.asOf();
        if (asOf == null) {
            command.agents().forEach(this::declare);
        } else {
            replace(command.agents(), asOf);
        }
        return new Done(state.seq());
    }

    private void replace(List<AgentDeclaration> agents, long asOf) {
        var named = new HashSet<String>();
        var known = state.agents();
        for (var declaration : agents) {
            named.add(declaration.agentUid());
            var before = state.agent(declaration.agentUid());
            if (before == null || before.seq() <= asOf) {
                declare(declaration);
            }
        }
        for (var agent : known) {
            if (!named.contains(agent.uid()) && agent.seq() <= asOf) {
                remove(agent, "it is no longer declared");
            }
        }
    }

    private void declare(AgentDeclaration declaration) {
        var known = state.agent(declaration.agentUid());
        if (known == null) {
            state.declare(declaration, declaration.job() == null ? state.newIndex() : Agent.NO_INDEX, false);
            return;
        }
        var before = known.declaration();
        if (declaration.generation() < before.generation() || declaration.equals(before)) {
            return;
        }
        if (!declaration.podUid().equals(before.podUid())) {
            lose(known.uid(), "its pod was replaced", true);
        }
        state.declare(declaration, known.index(), known.lost());
    }

    LedgerResult remove(LedgerCommand.RemoveAgents command) {
        for (var podUid : command.podUids()) {
            var agent = state.agentOfPod(podUid);
            if (agent != null) {
                remove(agent, command.reason());
            }
        }
        return new Done(state.seq());
    }

    private void remove(Agent agent, String reason) {
        lose(agent.uid(), reason, true);
        state.remove(agent);
    }

    LedgerResult lose(LedgerCommand.LoseAgent command) {
        lose(command.agentUid(), command.reason(), true);
        presence(command.agentUid(), true);
        return new Done(state.seq());
    }

    LedgerResult regain(LedgerCommand.RegainAgent command) {
        presence(command.agentUid(), false);
        return new Done(state.seq());
    }

    private void presence(String agentUid, boolean lost) {
        var agent = state.agent(agentUid);
        if (agent != null && agent.lost() != lost && agent.declaration().job() == null) {
            state.presence(agent.lost(lost));
        }
    }

    LedgerResult restart(LedgerCommand.RestartAgent command) {
        for (var held : state.heldBy(command.agentUid())) {
            var task = state.task(held.taskUid());
            var step = task == null ? null : task.step(held.path());
            var holder = step == null ? null : step.holder();
            if (task != null && step != null && holder != null && !holder.session().equals(command.session())
                    && !command.running().contains(task.key(step))) {
                attempts.lost(task, step, Attempts.Why.of("NodeRestart", "its agent was started anew"), false);
            }
        }
        return new Done(state.seq());
    }

    private void lose(String agentUid, String reason, boolean charge) {
        for (var held : state.heldBy(agentUid)) {
            var task = state.task(held.taskUid());
            var step = task == null ? null : task.step(held.path());
            if (task != null && step != null) {
                attempts.lost(task, step, Attempts.Why.of("AgentLost", "its agent is lost: " + reason), charge);
            }
        }
    }
}
