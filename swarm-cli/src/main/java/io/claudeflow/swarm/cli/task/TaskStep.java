package io.claudeflow.swarm.cli.task;

import io.claudeflow.swarm.cli.adapter.kube.KubeObject;

/** Where a task that has not ended stands, in a sentence. Pure. */
final class TaskStep {
    private TaskStep() {}

    static String of(KubeObject task) {
        var phase = task.text("status.phase");
        var line = new StringBuilder("swarmtask/").append(task.name())
                .append(": ")
                .append(phase.isEmpty() ? "Pending" : phase);
        var agents = task.texts("status.assignedAgents");
        if (!agents.isEmpty()) {
            line.append(" on ").append(String.join(", ", agents));
        }
        int attempts = task.number("status.attempts", 0);
        if (attempts > 1) {
            line.append(", attempt ").append(attempts);
        }
        int progress = task.number("status.progress", -1);
        if (progress >= 0) {
            line.append(", ").append(progress).append(" %");
        }
        var message = task.text("status.message");
        if (message.isEmpty()) {
            message = task.conditions()
                    .stream()
                    .filter(condition -> condition.status().equals("False")
                            && (condition.type().equals("ClusterResolved") || condition.type().equals("Accepted")))
                    .map(KubeObject.Condition::message)
                    .findFirst()
                    .orElse("");
        }
        return line + (message.isEmpty() ? "" : ": " + message);
    }
}
