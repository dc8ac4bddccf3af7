package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Done;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Refused;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Submitted;
import io.claudeflow.swarm.hivemind.ledger.Task.Wish;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply.Submitted.Outcome;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What submitters and the scheduler may do with a task, and what happens when its deadline passes. */
final class TaskRules {
    private final LedgerState state;
    private final Attempts attempts;

    TaskRules(LedgerState state, Attempts attempts) {
        this.state = state;
        this.attempts = attempts;
    }

    LedgerResult submit(LedgerCommand.Submit submit) {
        var about = submit.task();
        var client = ClientTask.of(about);
        var refused = client == null ? null : ClientRules.obstacle(state, client, about.submitter());
        if (refused != null) {
            return refused;
        }
        var known = state.task(about.uid());
        if (known != null) {
            return new Submitted(known.terminal() ? Outcome.FINISHED : Outcome.DUPLICATE, known.seq());
        }
        if (state.buried(about.uid()) || client != null && state.clients.settled(client)) {
            return new Submitted(Outcome.FINISHED, state.seq());
        }
        var drain = state.drain();
        if (drain != null) {
            return new Refused(ErrorCode.UNAVAILABLE,
                    "the swarm takes no more tasks (" + drain.reason() + "): submit to another one");
        }
        state.submitted();
        if (about.spec().workflow().none()) {
            plain(born(about), submit.proposed());
        } else {
            graph(born(about.in(state.arrangement().topology())));
        }
        return new Submitted(Outcome.ACCEPTED, state.seq());
    }

    private void plain(Task fresh, @Nullable Assignment proposed) {
        var task = fresh.with(attempts.ready(fresh, fresh.root()));
        if (proposed != null && obstacle(task, new StepKey(task.uid(), "", 1), proposed) == null) {
            // One change, not two: nobody has to see it wait.
            attempts.assign(task, task.root(), proposed);
        } else {
            state.put(task);
        }
    }

    private void graph(Task fresh) {
        var cycle = Graph.cycle(fresh.spec().workflow());
        if (cycle == null) {
            attempts.flow().proceed(fresh);
        } else {
            attempts.conclude(fresh, fresh.root(), TaskPhase.FAILED,
                    Attempts.Why.of("Cycle", "subtasks depend on one another: " + cycle));
        }
    }

    private Task born(Task.About about) {
        var limit = about.spec().timeouts().deadline();
        var birth = new Task.Birth(state.seq() + 1, state.wall(), state.time,
                limit == null ? Step.NEVER : state.after(limit));
        var fresh = new Task(about, birth, 0, FlowRules.steps(about), false, null, null, List.of());
        return state.note(fresh, "Submitted", null, 0, "in the ledger");
    }

    LedgerResult assign(LedgerCommand.Assign assign) {
        var task = state.task(assign.step().taskUid());
        var obstacle = obstacle(task, assign.step(), assign.to());
        if (task == null || obstacle != null) {
            return new Refused(ErrorCode.INVALID, obstacle == null ? "no such task" : obstacle);
        }
        var step = task.step(assign.step().path());
        if (step != null) {
            attempts.assign(task, step, assign.to());
        }
        return new Done(state.seq());
    }

    /** What keeps an assignment from being made, or null. */
    private @Nullable String obstacle(@Nullable Task task, StepKey key, Assignment to) {
        var step = task == null ? null : task.step(key.path());
        var agent = state.agent(to.agentUid());
        if (task == null || step == null || !waits(step) || task.key(step).attempt() != key.attempt()) {
            return "the step does not wait for attempt " + key.attempt();
        }
        if (agent == null || !agent.declaration().podUid().equals(to.podUid())) {
            return "the agent is not declared with that pod";
        }
        var job = agent.declaration().job();
        if (step.phase() == StepPhase.JOB_WANTED ? !key.equals(job) : job != null) {
            return "the agent is not there for that step";
        }
        if (state.load(agent.uid()) >= agent.declaration().maxConcurrentTasks()) {
            return "the agent has no room";
        }
        return state.drain() != null ? "the swarm is being drained" : null;
    }

    private static boolean waits(Step step) {
        return step.phase() == StepPhase.WAITING || step.phase() == StepPhase.JOB_WANTED;
    }

    LedgerResult update(LedgerCommand.Update update) {
        var task = state.task(update.taskUid());
        if (task == null || task.terminal() || update.generation() <= task.about().generation()) {
            return new Done(state.seq());
        }
        var said = task.about().at(update.generation(), update.priority());
        var next = task.with(said, update.suspend());
        if (update.suspend() == task.suspended() || task.wish() != null) {
            state.put(next);
            return new Done(state.seq());
        }
        for (var step : task.steps()) {
            next = next.with(update.suspend()
                    ? attempts.suspend(next, step)
                    : step.phase() == StepPhase.SUSPENDED ? attempts.ready(next, step) : step);
        }
        state.put(state.note(next, update.suspend() ? "Suspended" : "Unsuspended", null, task.root().begun(),
                update.suspend() ? "stopped for the time being" : "goes on"));
        return new Done(state.seq());
    }

    LedgerResult cancel(String taskUid, String reason) {
        var task = state.task(taskUid);
        if (task != null && !task.terminal() && task.wish() == null) {
            attempts.end(task, new Wish(Wish.Kind.CANCEL, reason));
        }
        return new Done(state.seq());
    }

    LedgerResult sweep(LedgerCommand.Sweep sweep) {
        for (var task : state.tasks()) {
            if (task.about().origin() != TaskOrigin.KUBERNETES || sweep.taskUids().contains(task.uid())
                    || task.birth().order() > sweep.asOf()) {
                continue;
            }
            var wish = task.wish();
            if (task.terminal()) {
                state.forget(task);
            } else if (wish == null || wish.kind() != Wish.Kind.FORGET) {
                attempts.end(task, new Wish(Wish.Kind.FORGET, "the task's resource is gone"));
            }
        }
        return new Done(state.seq());
    }

    LedgerResult ack(LedgerCommand.Ack command) {
        for (var ack : command.acks()) {
            var task = state.task(ack.taskUid());
            if (task != null && task.terminal() && task.about().origin() == TaskOrigin.KUBERNETES
                    && ack.seq() >= task.seq()) {
                state.forget(task);
            }
        }
        return new Done(state.seq());
    }

    /** A step's deadline has passed: its phase says what that means. */
    void due(Deadline deadline) {
        var task = state.task(deadline.taskUid());
        if (task != null && deadline.path().equals(Deadline.WHOLE)) {
            attempts.end(task, new Wish(Wish.Kind.DEADLINE,
                    "it was not done within its deadline of " + task.spec().timeouts().deadline()));
            return;
        }
        var step = task == null ? null : task.step(deadline.path());
        if (task == null || step == null) {
            return;
        }
        var timeouts = task.spec().timeouts();
        switch (step.phase()) {
            case WAITING -> attempts.end(task, step, TaskPhase.FAILED, Attempts.Why.of("QueueTimeout",
                    "no agent was free within the queue timeout of " + timeouts.queue()));
            case BACKOFF -> state.put(task.with(attempts.ready(task, step)));
            case JOB_WANTED -> attempts.lost(task, step, Attempts.Why.of("StartTimeout",
                    "no pod of its Job began within " + timeouts.start()), true);
            case JOB_RUNNING -> attempts.lost(task, step, Attempts.Why.of("TimedOut",
                    "it ran longer than its timeout of " + timeouts.run()), true);
            case ASSIGNED -> attempts.lost(task, step, Attempts.Why.of("StartTimeout",
                    "the agent did not begin within " + timeouts.start()), true);
            case RUNNING -> attempts.lost(task, step, Attempts.Why.of("TimedOut",
                    "the agent did not report the end of its timeout of " + timeouts.run()), true);
            // It may run on: what must not run twice cannot be given to anybody else.
            case CANCELLING -> attempts.lost(task, step,
                    Attempts.Why.of("AgentLost", "its agent did not say that it had stopped it"), false);
            case BLOCKED, DECIDING, QUEUED, SUSPENDED, FINISHED ->
                throw new IllegalStateException("a step that stands still has no deadline: " + task.uid());
        }
    }
}
