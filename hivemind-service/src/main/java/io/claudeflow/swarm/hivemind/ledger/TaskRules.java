package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Done;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Refused;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Submitted;
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
        var known = state.task(about.uid());
        if (known != null) {
            return new Submitted(known.terminal() ? Outcome.FINISHED : Outcome.DUPLICATE, known.seq());
        }
        if (state.buried(about.uid())) {
            return new Submitted(Outcome.FINISHED, state.seq());
        }
        var drain = state.drain();
        if (drain != null) {
            return new Refused(ErrorCode.UNAVAILABLE,
                    "the swarm takes no more tasks (" + drain.reason() + "): submit to another one");
        }
        var fresh = new Task(about, 0, 0, state.wall(), List.of(Step.waiting("", Step.NEVER)), null, null, List.of());
        var noted = state.note(fresh, "Submitted", null, 0, "in the ledger");
        var task = new Task(about, noted.seq(), noted.seq(), noted.submittedAt(),
                List.of(attempts.waiting(fresh, fresh.root())), null, null, noted.transitions());
        state.put(task);
        var proposed = submit.proposed();
        if (proposed != null && obstacle(task, new StepKey(task.uid(), "", 1), proposed) == null) {
            attempts.assign(task, task.root(), proposed);
        }
        return new Submitted(Outcome.ACCEPTED, state.seq());
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
        if (step == null || step.phase() != StepPhase.WAITING || step.begun() + 1 != key.attempt()) {
            return "the step does not wait for attempt " + key.attempt();
        }
        if (agent == null || !agent.declaration().podUid().equals(to.podUid())) {
            return "the agent is not declared with that pod";
        }
        if (state.load(agent.uid()) >= agent.declaration().maxConcurrentTasks()) {
            return "the agent has no room";
        }
        return state.drain() != null ? "the swarm is being drained" : null;
    }

    LedgerResult cancel(String taskUid, String reason) {
        var task = state.task(taskUid);
        if (task != null && !task.terminal() && task.cancel() == null) {
            attempts.cancel(task, new Task.Cancel(reason, false));
        }
        return new Done(state.seq());
    }

    LedgerResult sweep(LedgerCommand.Sweep sweep) {
        for (var task : state.tasks()) {
            if (task.about().origin() != TaskOrigin.KUBERNETES || sweep.taskUids().contains(task.uid())) {
                continue;
            }
            var cancel = task.cancel();
            if (task.terminal()) {
                state.forget(task);
            } else if (cancel == null || !cancel.forget()) {
                attempts.cancel(task, new Task.Cancel("the task's resource is gone", true));
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
    void due(LedgerState.Deadline deadline) {
        var task = state.task(deadline.taskUid());
        var step = task == null ? null : task.step(deadline.path());
        if (task == null || step == null) {
            return;
        }
        switch (step.phase()) {
            case WAITING -> attempts.end(task, step, TaskPhase.FAILED, Attempts.Why.of("QueueTimeout",
                    "no agent was free within the queue timeout of " + task.spec().queueTimeout()));
            case BACKOFF -> state.put(task.with(attempts.waiting(task, step)));
            case ASSIGNED -> attempts.lost(task, step, Attempts.Why.of("StartTimeout",
                    "the agent did not begin within " + task.spec().startTimeout()), true);
            case RUNNING -> attempts.lost(task, step, Attempts.Why.of("TimedOut",
                    "the agent did not report the end of its timeout of " + task.spec().timeout()), true);
            case CANCELLING -> attempts.cancelled(task, step, null, false);
            case FINISHED -> throw new IllegalStateException("a finished step has no deadline: " + task.uid());
        }
    }
}
