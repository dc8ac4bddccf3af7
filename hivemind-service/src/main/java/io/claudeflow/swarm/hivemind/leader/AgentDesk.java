package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.leader.Session.Registered;
import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.hivemind.port.TokenVerifier;
import io.claudeflow.swarm.hivemind.port.TokenVerifier.Verification;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Heartbeat;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registrations, heartbeats and tokens of the agents; everything else that they say goes to {@link Reports}. */
final class AgentDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AgentDesk.class);
    private static final String UNKNOWN_POD = "UnknownPod";
    private static final String UNAUTHENTICATED = "Unauthenticated";
    private static final String SUPERSEDED = "Superseded";

    private final LeaderConfig config;
    private final LedgerView view;
    private final Log log;
    private final AgentTransport transport;
    private final TokenVerifier verifier;
    private final Sessions sessions;
    private final Holdings holdings;
    private final Dispatch dispatch;
    private final Reports reports;
    private final Frames frames;

    AgentDesk(LeaderConfig config, LedgerView view, Log log, AgentTransport transport, TokenVerifier verifier,
            Sessions sessions, Holdings holdings, Dispatch dispatch, Reports reports, Frames frames) {
        this.config = config;
        this.view = view;
        this.log = log;
        this.transport = transport;
        this.verifier = verifier;
        this.sessions = sessions;
        this.holdings = holdings;
        this.dispatch = dispatch;
        this.reports = reports;
        this.frames = frames;
    }

    /** Takes an agent's frames; results of the same breath are written before anything is pushed again. */
    void frames(Session session, List<AgentFrame> said, long now, Instant wall) {
        Register registration = null;
        for (var frame : said) {
            if (frame.hasRegister()) {
                registration = register(session, frame.getRegister(), now) ? frame.getRegister() : null;
                continue;
            }
            var who = session.registered;
            if (who == null) {
                continue;
            }
            sessions.heard(who.agentUid(), now);
            if (frame.hasHeartbeat()) {
                heartbeat(session, who, frame.getHeartbeat());
            } else {
                reports.take(session, who, frame, now);
            }
        }
        var who = session.registered;
        if (registration != null && who != null && sessions.of(who.agentUid()) == session) {
            reconcile(who, registration, now);
        }
    }

    private boolean register(Session session, Register register, long now) {
        var trust = view.trust();
        if (trust == null) {
            return refuse(session, UNKNOWN_POD, "no token issuer is trusted yet");
        }
        return switch (verifier.verify(register.getToken(), trust)) {
            case Verification.Agent agent -> welcome(session, register, agent, now);
            case Verification.User _ -> refuse(session, UNAUTHENTICATED, "the token is a person's, not an agent's");
            // The agent comes back with the token that its pod has by then.
            case Verification.Expired _ -> end(session);
            case Verification.UnknownKey(String key) ->
                refuse(session, UNKNOWN_POD, "the token's key " + key + " is not trusted yet");
            case Verification.Rejected(String reason) -> refuse(session, UNAUTHENTICATED, reason);
        };
    }

    private boolean welcome(Session session, Register register, Verification.Agent verified, long now) {
        var agent = view.agentOfPod(verified.podUid());
        if (agent == null) {
            return refuse(session, UNKNOWN_POD, "pod " + verified.podName() + " is not declared as an agent");
        }
        var open = sessions.of(agent.uid());
        if (open != null && open.registered != null && open.registered.newerThan(register)) {
            return refuse(session, SUPERSEDED, "a later stream of the same process is open already");
        }
        session.registered = new Registered(agent.uid(), verified.podUid(), register.getSession(),
                register.getStream(), verified.expires());
        var before = sessions.connect(agent.uid(), session);
        if (before != null) {
            before.registered = null;
            refuse(before, SUPERSEDED, "a newer session of the same pod took over");
        }
        sessions.heard(agent.uid(), now);
        transport.send(session.id, Frames.welcome(agent.uid(), agent.name(),
                agent.declaration().maxConcurrentTasks(), config));
        var drain = view.drain();
        if (drain != null) {
            transport.send(session.id, Frames.drain(Math.max(0, drain.deadline() - log.now())));
        }
        LOG.atInfo()
                .addKeyValue("agent", agent.name())
                .addKeyValue("replica", session.id.replica())
                .addKeyValue("running", register.getRunningCount())
                .log("agent registered");
        return true;
    }

    /** Brings together what the ledger says that an agent holds and what the agent says that it runs. */
    private void reconcile(Registered who, Register register, long now) {
        var agent = view.agent(who.agentUid());
        if (agent == null) {
            return;
        }
        var running = new LinkedHashSet<Step>(register.getRunningList());
        var session = sessions.of(agent.uid());
        boolean restarted = false;
        for (var held : holdings.of(agent.uid())) {
            var key = held.task().key(held.step());
            var holder = held.step().holder();
            boolean runs = running.remove(frames.step(key));
            boolean here = holder != null && holder.session().equals(who.process());
            if (!runs && !here) {
                restarted = true;
            } else if (held.step().phase() == StepPhase.CANCELLING) {
                dispatch.cancel(held.task(), held.step());
            } else if (!runs) {
                dispatch.push(held.task(), held.step());
            }
        }
        if (agent.lost()) {
            log.note(new LedgerCommand.RegainAgent(agent.uid()));
        }
        if (session != null) {
            // Before its claims are decided nobody knows how much room it has.
            reports.claimed(agent.uid(), running, now, () -> join(agent.uid(), session));
        }
        if (restarted) {
            log.note(new LedgerCommand.RestartAgent(agent.uid(), who.process(),
                    register.getRunningList().stream().filter(frames::current).map(Frames::key).toList()));
        }
    }

    private void join(String agentUid, Session session) {
        var agent = view.agent(agentUid);
        if (agent != null && sessions.of(agentUid) == session) {
            dispatch.join(agent, session);
            dispatch.schedule();
        }
    }

    private void heartbeat(Session session, Registered who, Heartbeat heartbeat) {
        var trust = view.trust();
        if (!heartbeat.getToken().isEmpty() && trust != null) {
            switch (verifier.verify(heartbeat.getToken(), trust)) {
                case Verification.Agent verified when verified.podUid().equals(who.podUid()) ->
                    session.registered = who.renewed(verified.expires());
                case Verification.Agent _,Verification.User _ -> {
                    refuse(session, UNAUTHENTICATED, "the renewed token is somebody else's");
                    return;
                }
                case Verification.Rejected(String reason) -> {
                    refuse(session, UNAUTHENTICATED, reason);
                    return;
                }
                case Verification.Expired _,Verification.UnknownKey _ -> {
                    // The one that it has still counts; the next heartbeat may bring a better one.
                }
            }
        }
        transport.send(session.id, Frames.lease(heartbeat.getSequence()));
    }

    /** An agent's declaration is new; its stream stays while its pod does, and one not known before gets a lease to come. */
    void declared(Agent agent, boolean known, long now) {
        if (!known) {
            sessions.heard(agent.uid(), now);
        }
        var session = sessions.of(agent.uid());
        var who = session == null ? null : session.registered;
        if (session == null || who == null) {
            return;
        }
        if (who.podUid().equals(agent.declaration().podUid())) {
            dispatch.join(agent, session);
        } else {
            refuse(session, SUPERSEDED, "another pod is this agent now");
        }
    }

    /** An agent is lost, or is there again; one that came back while its loss was on its way into the log is there. */
    void presence(Agent agent) {
        if (agent.lost() && sessions.of(agent.uid()) != null) {
            log.note(new LedgerCommand.RegainAgent(agent.uid()));
        }
    }

    /** An agent's pod is gone: its token is worth nothing from now on. */
    void gone(String agentUid) {
        var session = sessions.of(agentUid);
        if (session != null) {
            refuse(session, UNAUTHENTICATED, "the pod is no longer declared as an agent");
        }
        sessions.forget(agentUid);
    }

    /** The swarm ends: agents hand back or finish. */
    void drain(long millis) {
        for (var session : sessions.connected()) {
            transport.send(session.id, Frames.drain(millis));
            var who = session.registered;
            if (who != null) {
                dispatch.leave(who.agentUid());
            }
        }
    }

    /** Sends those away whose token is over, and gives away the work of those that are silent. */
    void tick(long now, Instant wall) {
        for (var session : sessions.connected()) {
            var who = session.registered;
            if (who == null) {
                continue;
            }
            if (sessions.silence(who.agentUid(), now) >= config.lostMillis()) {
                LOG.atWarn().addKeyValue("agentUid", who.agentUid()).log("agent is silent; its stream is closed");
                end(session);
            } else if (TokenGrace.over(who.expires(), wall)) {
                LOG.atWarn()
                        .addKeyValue("agentUid", who.agentUid())
                        .log("agent's token has expired; its stream is closed");
                end(session);
            }
        }
        for (var agentUid : List.copyOf(holdings.agents())) {
            if (sessions.silence(agentUid, now) >= config.lostMillis()) {
                var agent = view.agent(agentUid);
                LOG.atWarn()
                        .addKeyValue("agent", agent == null ? agentUid : agent.name())
                        .addKeyValue("steps", holdings.load(agentUid))
                        .log("agent is lost; its work is given away");
                lose(agentUid, now);
            }
        }
        for (var agent : view.agents()) {
            if (!agent.lost() && agent.declaration().job() == null
                    && sessions.silence(agent.uid(), now) >= config.lostMillis()) {
                LOG.atInfo().addKeyValue("agent", agent.name()).log("agent is not there; others stand in its place");
                lose(agent.uid(), now);
            }
        }
    }

    private void lose(String agentUid, long now) {
        // Counts as heard, so that the loss is said once per period until it is in the ledger.
        sessions.heard(agentUid, now);
        log.note(new LedgerCommand.LoseAgent(agentUid, "no sign of life for " + config.lostMillis() + " ms"));
    }

    private boolean refuse(Session session, String code, String message) {
        LOG.atInfo()
                .addKeyValue("session", session.id)
                .addKeyValue("code", code)
                .addKeyValue("reason", message)
                .log("agent refused");
        transport.send(session.id, Frames.refused(code, message));
        return end(session);
    }

    /** Ends a session; always false, for those who answer whether somebody was welcomed. */
    private boolean end(Session session) {
        var who = session.registered;
        if (sessions.close(session) && who != null) {
            dispatch.leave(who.agentUid());
        }
        session.registered = null;
        transport.close(session.id);
        return false;
    }
}
