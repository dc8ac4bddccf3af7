package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Applied;
import io.claudeflow.swarm.hivemind.ledger.Drain;
import io.claudeflow.swarm.hivemind.ledger.LedgerChange;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.membership.Reconciliation;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.hivemind.port.Conditions;
import io.claudeflow.swarm.hivemind.port.GroupDoor;
import io.claudeflow.swarm.hivemind.port.LedgerLog;
import io.claudeflow.swarm.hivemind.port.SessionId;
import io.claudeflow.swarm.hivemind.port.TaskDoor;
import io.claudeflow.swarm.hivemind.port.TaskRequests;
import io.claudeflow.swarm.hivemind.port.TokenVerifier;
import io.claudeflow.swarm.hivemind.scheduler.Scheduler;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One term of leading. Ends with {@link #end}; whatever is asked of it afterwards does nothing. */
final class Leadership {
    /** At least so often a tick is logged while a deadline is open, in milliseconds. */
    private static final long TICK = 1_000;

    private final LeaderConfig config;
    private final LedgerLog ledger;
    private final LedgerView view;
    private final long term;
    private final Log log;
    private final Meters meters;
    private final Sessions sessions;
    private final Holdings holdings;
    private final Samples samples = new Samples();
    private final Dispatch dispatch;
    private final AgentDesk desk;
    private final SubtaskDesk subtasks;
    private final Tails tails;
    private final Reconciliation members;
    private final CommandDesk commands;
    private final ClientDesk clients;
    private final RequestDesk requests;
    private long lastTick;
    private int pending;

    Leadership(LeaderConfig config, LedgerLog ledger, LedgerView view, long term, AgentTransport transport,
            TaskDoor door, TokenVerifier verifier, Conditions conditions, Meters meters, long now) {
        this.config = config;
        this.ledger = ledger;
        this.view = view;
        this.term = term;
        this.meters = meters;
        log = new Log(ledger, meters);
        sessions = new Sessions(now);
        holdings = new Holdings(view);
        tails = new Tails(view);
        subtasks = new SubtaskDesk(log, conditions);
        members = new Reconciliation(ledger.group(), view::membership);
        var frames = new Frames(view.epoch());
        dispatch = new Dispatch(view, log, transport, sessions, new Scheduler(config.cluster()), holdings, samples,
                frames);
        var submissions = new Submissions(view, log, dispatch, meters);
        var scripts = new ScriptDesk(view, submissions, sessions, transport);
        desk = new AgentDesk(config, view, log, transport, verifier, sessions, holdings, dispatch,
                new Reports(log, transport, sessions, samples, dispatch, frames, scripts), frames);
        commands = new CommandDesk(view, log, submissions, tails, this::presence);
        var callers = new Callers(view, verifier);
        clients = new ClientDesk(config, view, log, door, callers, submissions);
        requests = new RequestDesk(config, view, log, callers, submissions, now);
        lastTick = now;
    }

    /** Takes over: every step that the ledger knows finds its place, and the lease is written down. */
    void begin() {
        view.tasks().forEach(task -> {
            count(null, task);
            dispatch.changed(null, task);
            subtasks.changed(null, task);
        });
        meters.totals(view.totals());
        log.note(new LedgerCommand.Lead(term, config.ordinal(), config.leaseMillis()));
    }

    void opened(SessionId id) {
        sessions.open(id);
    }

    void frames(SessionId id, List<AgentFrame> said, long now, Instant wall) {
        var session = sessions.get(id);
        if (session != null) {
            desk.frames(session, said, now, wall);
            dispatch.schedule();
        }
    }

    void closed(SessionId id) {
        var session = sessions.get(id);
        var who = session == null ? null : session.registered;
        if (session != null && sessions.close(session) && who != null) {
            dispatch.leave(who.agentUid());
        }
    }

    void said(long client, List<ClientFrame> frames) {
        clients.said(client, frames);
        dispatch.schedule();
    }

    void left(long client) {
        clients.left(client);
    }

    /** An entry was applied: the view follows, and whatever the changes ask for is done. */
    void applied(Applied entry, long now) {
        boolean moved = false;
        for (var change : entry.changes()) {
            switch (change) {
                case LedgerChange.TaskChanged(var task) -> {
                    var before = view.task(task.uid());
                    view.take(change);
                    count(before, task);
                    dispatch.changed(before, task);
                    subtasks.changed(before, task);
                    ended(before, task);
                }
                case LedgerChange.TaskGone(var tombstone) -> {
                    var before = view.task(tombstone.taskUid());
                    view.take(change);
                    count(before, null);
                    dispatch.changed(before, null);
                }
                case LedgerChange.TaskSettled(var uid) -> {
                    var before = view.task(uid);
                    view.take(change);
                    count(before, null);
                    dispatch.changed(before, null);
                }
                case LedgerChange.AgentDeclared(var agent) -> {
                    boolean known = view.agent(agent.uid()) != null;
                    view.take(change);
                    desk.declared(agent, known, now);
                    clients.declared(agent);
                    moved = true;
                }
                case LedgerChange.AgentGone(var uid) -> {
                    view.take(change);
                    desk.gone(uid);
                    clients.gone(uid);
                    moved = true;
                }
                case LedgerChange.PresenceChanged(var agent) -> {
                    view.take(change);
                    desk.presence(agent);
                    moved = true;
                }
                case LedgerChange.ArrangementChanged _ -> {
                    view.take(change);
                    moved = true;
                }
                case LedgerChange.DrainChanged(var drain) -> {
                    view.take(change);
                    if (!drain.drained()) {
                        desk.drain(Math.max(0, drain.deadline() - entry.time()));
                    }
                }
                case LedgerChange.TrustChanged _,LedgerChange.MembershipChanged _ -> view.take(change);
            }
        }
        if (moved) {
            dispatch.arrange();
        }
        var totals = view.totals();
        view.applied(entry);
        if (totals != view.totals()) {
            meters.totals(view.totals());
        }
        tails.wake(now);
        dispatch.schedule();
    }

    private void count(@Nullable Task before, @Nullable Task after) {
        pending += (waits(after) ? 1 : 0) - (waits(before) ? 1 : 0);
    }

    private static boolean waits(@Nullable Task task) {
        return task != null && task.phase() == TaskPhase.PENDING;
    }

    private void ended(@Nullable Task before, Task task) {
        if (task.terminal() && (before == null || !before.terminal())) {
            meters.ended(task);
            clients.ended(task);
            requests.ended(task);
        }
    }

    Future<HivemindReply> handle(HivemindCommand command, long now) {
        return commands.handle(command, now);
    }

    TaskRequests requests() {
        return requests;
    }

    GroupDoor.Answer join(GroupDoor.Request request, long now) {
        return members.join(request, now);
    }

    void tick(long now, Instant wall) {
        desk.tick(now, wall);
        clients.tick(wall);
        requests.tick(now);
        members.tick(now);
        log.tick(now);
        samples.due(now).forEach(log::note);
        dispatch.retry();
        tails.wake(now);
        boolean open = view.nextDeadline() != Step.NEVER;
        boolean due = open && log.now() >= view.nextDeadline();
        if (due || open && now - lastTick >= TICK) {
            lastTick = now;
            log.note(new LedgerCommand.Tick());
        }
    }

    /** The swarm at this moment. */
    SwarmState state() {
        var byType = new TreeMap<String, Integer>();
        for (var uid : sessions.agents()) {
            var agent = view.agent(uid);
            if (agent != null) {
                byType.merge(agent.declaration().type(), 1, Integer::sum);
            }
        }
        return new SwarmState(config.clusterUid(), view.epoch(), term, config.ordinal(), ledger.voters(),
                dispatch.queen(), sessions.presence(), byType, dispatch.waiting(), holdings.steps(),
                drain(view.drain()), view.seq());
    }

    /** Whether something has changed that members act on; the voters are looked at on a tick only. */
    boolean news(SwarmState told, boolean tick) {
        return told.presence() != sessions.presence() || !Objects.equals(told.queen(), dispatch.queen())
                || told.drain() != drain(view.drain())
                || tick && !told.voters().equals(ledger.voters());
    }

    private static SwarmState.Drain drain(@Nullable Drain drain) {
        if (drain == null) {
            return SwarmState.Drain.NONE;
        }
        return drain.drained() ? SwarmState.Drain.DRAINED : SwarmState.Drain.DRAINING;
    }

    /** Agents that the operator has declared. */
    Map<String, Integer> declaredByType() {
        var byType = new TreeMap<String, Integer>();
        view.agents().forEach(agent -> byType.merge(agent.declaration().type(), 1, Integer::sum));
        return byType;
    }

    int connectedClients() {
        return clients.connected();
    }

    int tasks() {
        return view.tasks().size();
    }

    /** Tasks of which nothing runs, and which nobody has suspended. */
    int pending() {
        return pending;
    }

    private HivemindReply presence() {
        return new HivemindReply.Presence(state(), sessions.agents());
    }

    void end() {
        log.close();
        members.end();
        tails.close();
        requests.end();
    }
}
