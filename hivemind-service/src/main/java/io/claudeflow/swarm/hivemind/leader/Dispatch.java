package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.hivemind.ledger.Graph;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.StepPhase;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.hivemind.scheduler.Demand;
import io.claudeflow.swarm.hivemind.scheduler.Placement;
import io.claudeflow.swarm.hivemind.scheduler.Scheduler;
import io.claudeflow.swarm.hivemind.topology.Positions;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From waiting steps to agents that work: proposes assignments, pushes what the ledger has committed, and tells an agent when a
 * step is to end or is not its any more. Everything that is sent follows from the difference between two states of a task, so a
 * change is acted on once, whoever caused it.
 */
final class Dispatch {
    /** Assignments on their way into the log; further steps wait until one of them has arrived. */
    private static final int MAX_PROPOSED = 1_024;

    private final LedgerView view;
    private final Log log;
    private final AgentTransport transport;
    private final Sessions sessions;
    private final Scheduler scheduler;
    private final Holdings holdings;
    private final Samples samples;
    private final Frames frames;
    private final List<Placement> refused = new ArrayList<>();
    /** Places taken by proposals that have not come to their end, by agent. */
    private final Map<String, Integer> reserved = new HashMap<>();
    /** Attempts that are given back because their process was not told: whoever comes for them meanwhile is not told either. */
    private final Set<StepKey> untold = new HashSet<>();
    /** Steps that wait for one agent, because of where it stands. */
    private final Set<StepKey> bound = new LinkedHashSet<>();
    private Positions positions;
    private int proposed;

    Dispatch(LedgerView view, Log log, AgentTransport transport, Sessions sessions, Scheduler scheduler,
            Holdings holdings, Samples samples, Frames frames) {
        this.view = view;
        this.log = log;
        this.transport = transport;
        this.sessions = sessions;
        this.scheduler = scheduler;
        this.holdings = holdings;
        this.samples = samples;
        this.frames = frames;
        positions = Positions.of(view.arrangement(), view.agents());
    }

    /** Who stands where has changed, or may have. */
    void arrange() {
        positions = Positions.of(view.arrangement(), view.agents());
        view.agents().forEach(agent -> scheduler.move(agent.uid(), positions.place(agent)));
        for (var one : List.copyOf(bound)) {
            var task = view.task(one.taskUid());
            var step = task == null ? null : task.step(one.path());
            bound.remove(one);
            if (task != null && step != null && waits(step)) {
                await(task, step);
            }
        }
    }

    /** Has a step wait for an agent: in a ring for the one after whoever did what it follows. */
    private void await(Task task, Step step) {
        var next = successor(task, step);
        if (next == null) {
            scheduler.add(task, step);
        } else {
            bound.add(task.key(step));
            scheduler.add(task, step, next);
        }
    }

    private @Nullable Agent successor(Task task, Step step) {
        if (!positions.inRing()) {
            return null;
        }
        var demand = Demand.of(task.spec().at(step.path()), false);
        if (!demand.name().isEmpty()) {
            return null;
        }
        var graph = new Graph(task);
        var workflow = task.spec().workflow();
        var subtask = workflow.of(step.path());
        Agent last = null;
        for (var before : subtask == null ? workflow.ends() : workflow.before(subtask)) {
            for (var done : graph.steps(before)) {
                var by = done.assignment();
                var agent = by == null ? null : view.agent(by.agentUid());
                last = agent == null ? last : agent;
            }
        }
        return last == null
                ? null
                : positions.next(last, agent -> demand.admits(agent.declaration())).orElse(null);
    }

    /** Name of the queen, if there is one. */
    @Nullable
    String queen() {
        return positions.queen().map(Agent::name).orElse(null);
    }

    /** A task's state has changed; null: it was not there, or is not any more. */
    void changed(@Nullable Task before, @Nullable Task after) {
        if (before != null) {
            for (var step : before.steps()) {
                left(before, step, after);
            }
        }
        if (after != null) {
            for (var step : after.steps()) {
                entered(before, after, step);
            }
        }
    }

    /** What a step leaves behind when it is not what it was. */
    private void left(Task before, Step was, @Nullable Task after) {
        var now = after == null ? null : after.step(was.path());
        if (waits(was) && (after == null || now == null || !waits(now) || moved(before, after))) {
            scheduler.remove(before.uid(), was.path());
            bound.remove(before.key(was));
        }
        var holder = was.holder();
        if (holder == null || sameAttempt(was, now)) {
            return;
        }
        var key = before.key(was);
        holdings.remove(holder.agentUid(), before.uid(), was.path());
        scheduler.release(holder.agentUid());
        samples.forget(key);
        untold.remove(key);
        if (after == null || now == null || !byReport(was, after, now)) {
            send(holder, frames.fenced(key));
        }
    }

    /** Whether the attempt ended because its agent said so; then it needs no telling. */
    private static boolean byReport(Step was, Task after, Step now) {
        return now.stored() == was.begun()
                || !after.transitions().isEmpty() && after.transitions().getLast().kind().equals("HandedBack");
    }

    private static boolean sameAttempt(@Nullable Step was, @Nullable Step now) {
        return was != null && now != null && was.phase().held() && now.phase().held() && was.begun() == now.begun();
    }

    private static boolean waits(Step step) {
        return step.phase() == StepPhase.WAITING;
    }

    /** Whether its place among those that wait is another one. */
    private static boolean moved(Task before, Task after) {
        return before.spec().priority() != after.spec().priority();
    }

    private void entered(@Nullable Task before, Task task, Step step) {
        var was = before == null ? null : before.step(step.path());
        if (waits(step) && (was == null || !waits(was) || before == null || moved(before, task))) {
            await(task, step);
        }
        var holder = step.holder();
        if (holder == null) {
            return;
        }
        if (!sameAttempt(was, step)) {
            holdings.add(holder.agentUid(), task.uid(), step.path());
            scheduler.occupy(holder.agentUid());
            if (step.phase() != StepPhase.CANCELLING) {
                push(task, step);
            }
        }
        if (step.phase() == StepPhase.CANCELLING && (was == null || was.phase() != StepPhase.CANCELLING)) {
            cancel(task, step);
        }
    }

    /** Sends a step to the process that it was assigned to; where another one has taken its place meanwhile, it is given back. */
    void push(Task task, Step step) {
        var holder = step.holder();
        if (holder == null || untold.contains(task.key(step))) {
            return;
        }
        var session = sessions.of(holder.agentUid());
        var who = session == null ? null : session.registered;
        if (session == null || who == null) {
            return;
        }
        if (who.process().equals(holder.session())) {
            transport.send(session.id, frames.assign(task, step));
        } else {
            untold.add(task.key(step));
            log.insist(new LedgerCommand.RejectStep(task.key(step), holder.agentUid(),
                    "its agent was started anew before it was told"));
        }
    }

    /** Asks an agent to end a step. */
    void cancel(Task task, Step step) {
        var holder = step.holder();
        var wish = task.wish();
        if (holder != null) {
            send(holder, frames.cancel(task.key(step), wish == null ? "suspended" : wish.reason(),
                    task.spec().timeouts().grace().toMillis()));
        }
    }

    private void send(Assignment holder, io.claudeflow.swarm.mesh.agent.v1.GatewayFrame frame) {
        var session = sessions.of(holder.agentUid());
        var who = session == null ? null : session.registered;
        if (session != null && who != null && who.process().equals(holder.session())) {
            transport.send(session.id, frame);
        }
    }

    /** An agent may be given steps from now on. */
    void join(Agent agent, Session session) {
        var who = session.registered;
        if (who == null || session.draining || view.drain() != null) {
            return;
        }
        var job = agent.declaration().job();
        if (job != null) {
            give(job, who.assignment(agent));
        } else {
            scheduler.join(agent, who.assignment(agent),
                    holdings.load(agent.uid()) + reserved.getOrDefault(agent.uid(), 0), positions.place(agent));
        }
    }

    /** The pod of a Job has come for its step; when it waits no more, the pod's end follows from the task's state. */
    private void give(StepKey step, Assignment to) {
        var task = view.task(step.taskUid());
        var wanted = task == null ? null : task.step(step.path());
        if (wanted != null && wanted.phase() == StepPhase.JOB_WANTED && wanted.begun() == step.attempt()) {
            log.note(new LedgerCommand.Assign(step, to));
        }
    }

    void leave(String agentUid) {
        scheduler.leave(agentUid);
    }

    int waiting() {
        return scheduler.waiting();
    }

    /** Who does a task that is about to be submitted, if somebody is free; {@link #settled} gives the place back. */
    @Nullable
    Assignment choose(TaskSpec spec) {
        var chosen = view.drain() == null ? scheduler.choose(spec) : null;
        if (chosen != null) {
            reserved.merge(chosen.agentUid(), 1, Integer::sum);
        }
        return chosen;
    }

    /** A proposal has come to its end; the ledger's own state now says whether the place is taken. */
    void settled(String agentUid) {
        reserved.computeIfPresent(agentUid, (_, places) -> places == 1 ? null : places - 1);
        scheduler.release(agentUid);
        schedule();
    }

    /** Proposes what can be placed now. */
    void schedule() {
        if (view.drain() != null || log.closed()) {
            return;
        }
        for (var placement : scheduler.place(MAX_PROPOSED - proposed)) {
            proposed++;
            reserved.merge(placement.to().agentUid(), 1, Integer::sum);
            log.submit(new LedgerCommand.Assign(placement.step(), placement.to())).onComplete(written -> {
                proposed--;
                if (written.failed() || written.result() instanceof LedgerResult.Refused) {
                    refused.add(placement);
                }
                settled(placement.to().agentUid());
            });
        }
    }

    /** Steps whose assignment came to nothing wait again, if they still do; once per tick, so that a refusal cannot spin. */
    void retry() {
        var again = List.copyOf(refused);
        refused.clear();
        for (var placement : again) {
            var task = view.task(placement.step().taskUid());
            var step = task == null ? null : task.step(placement.step().path());
            if (task != null && step != null && step.phase() == StepPhase.WAITING) {
                await(task, step);
            }
        }
        if (!again.isEmpty()) {
            schedule();
        }
    }
}
