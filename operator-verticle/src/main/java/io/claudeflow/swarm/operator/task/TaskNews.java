package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.operator.adapter.kube.Announcer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kubernetes Events from a task's transitions. Each has the ledger's number in its name, so that a mesh operator that tells it
 * again after a restart makes no second one. A task that has ended before anything was told of it has one Event, its end, and
 * those that warn: what passes quickly costs no writes.
 */
final class TaskNews {
    private static final Set<String> TOLD = Set.of("Assigned", "Resumed", "Retrying", "AgentLost", "HandedBack",
            "Checkpointed", "Suspended",
            "Unsuspended",
            "Completed", "Failed", "Cancelled");
    private static final Set<String> WARNINGS = Set.of("Retrying", "AgentLost", "Failed");

    private final Announcer announcer;
    private final Map<String, Long> announced = new ConcurrentHashMap<>();

    TaskNews(Announcer announcer) {
        this.announcer = announcer;
    }

    void tell(SwarmTask task, TaskState state) {
        var uid = task.getMetadata().getUid();
        long last = announced.getOrDefault(uid, 0L);
        long newest = last;
        for (var transition : state.transitions()) {
            boolean brief = last == 0 && state.phase().terminal() && transition != state.transitions().getLast()
                    && !WARNINGS.contains(transition.kind());
            if (transition.seq() > last && !brief && TOLD.contains(transition.kind())) {
                announcer.once(task, WARNINGS.contains(transition.kind()), transition.kind(), transition.message(),
                        transition.at(), uid.substring(0, 8) + "." + transition.seq());
            }
            newest = Math.max(newest, transition.seq());
        }
        announced.put(uid, newest);
    }

    void forget(String uid) {
        announced.remove(uid);
    }
}
