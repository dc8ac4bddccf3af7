package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.mesh.hivemind.HivemindReply.TaskPage;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the ledger's tasks stand, as tailed. A state that was acknowledged is forgotten, so this stays small. Any thread. */
public final class TaskStates {
    private final Inward.Listener listener;
    private final Map<String, TaskState> states = new HashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private final Set<String> orphans = new HashSet<>();
    private long position;

    public TaskStates(Inward.Listener listener) {
        this.listener = listener;
    }

    /** A page of the tail. */
    public void heard(TaskPage page) {
        Set<String> loads;
        synchronized (this) {
            var before = Map.copyOf(running);
            page.tasks().forEach(this::put);
            page.gone().forEach(this::drop);
            page.gone().forEach(orphans::remove);
            position = page.nextSeq();
            loads = changed(before, running);
        }
        loads.forEach(agent -> listener.heard(Inward.AGENT_LOAD_CHANGED, agent));
        page.gone().forEach(_ -> listener.heard(Inward.TASK_FORGOTTEN));
        page.tasks().forEach(task -> endOfOrphan(task.taskUid()));
        page.tasks()
                .stream()
                .filter(task -> task.origin() == TaskOrigin.KUBERNETES)
                .forEach(task -> listener.heard(Inward.TASK_CHANGED, task.name()));
    }

    private static Set<String> changed(Map<String, Integer> before, Map<String, Integer> after) {
        var names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> before.getOrDefault(name, 0).equals(after.getOrDefault(name, 0)));
        return names;
    }

    /** Everything is read again from the beginning. */
    public void resync() {
        synchronized (this) {
            states.clear();
            running.clear();
            position = 0;
        }
        listener.heard(Inward.LEDGER_RESYNCED);
    }

    public synchronized Optional<TaskState> get(String taskUid) {
        return Optional.ofNullable(states.get(taskUid));
    }

    /** The task's SwarmTask is gone: once the task has ended nobody else will acknowledge it. */
    public void orphaned(String taskUid) {
        synchronized (this) {
            orphans.add(taskUid);
        }
        endOfOrphan(taskUid);
    }

    private void endOfOrphan(String taskUid) {
        synchronized (this) {
            var state = states.get(taskUid);
            if (state == null || !state.phase().terminal() || !orphans.remove(taskUid)) {
                return;
            }
        }
        listener.heard(Inward.ORPHAN_ENDED, taskUid);
    }

    /** Forgets a state that was acknowledged, unless a newer one has come since. */
    public synchronized void acknowledged(String taskUid, long seq) {
        var state = states.get(taskUid);
        if (state != null && state.seq() <= seq) {
            drop(taskUid);
        }
    }

    /** What the next tail asks from. */
    public synchronized long position() {
        return position;
    }

    /** SwarmTasks that an agent runs, by the agent's name; tasks of other clients are in no tail. */
    public synchronized int runningOn(String agent) {
        return running.getOrDefault(agent, 0);
    }

    private void put(TaskState state) {
        drop(state.taskUid());
        states.put(state.taskUid(), state);
        if (state.phase() == TaskPhase.RUNNING) {
            state.agents().forEach(agent -> running.merge(agent, 1, Integer::sum));
        }
    }

    private void drop(String taskUid) {
        var before = states.remove(taskUid);
        if (before != null && before.phase() == TaskPhase.RUNNING) {
            before.agents().forEach(agent -> running.computeIfPresent(agent, (_, n) -> n > 1 ? n - 1 : null));
        }
    }
}
