package io.claudeflow.swarm.cli.task;

import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import java.util.Optional;

/**
 * How a task ended.
 *
 * @param exitCode what one who waited exits with: 0; the script's own code; 124 after a timeout; else 1
 * @param sentence what to tell a person
 */
public record TaskEnd(int exitCode, String sentence) {
    private static final int LAST_EXIT_CODE = 255;

    /** The end of a task, if it has ended. */
    public static Optional<TaskEnd> of(KubeObject task) {
        var name = "swarmtask/" + task.name();
        var message = task.text("status.message");
        var failed = task.condition("Failed");
        var reason = failed.map(KubeObject.Condition::reason).orElse("");
        var why = message.isEmpty() ? failed.map(KubeObject.Condition::message).orElse("") : message;
        return switch (task.text("status.phase")) {
            case "Completed" -> Optional.of(new TaskEnd(ExitCode.OK, name + " is complete" + details(task)));
            case "Cancelled" -> Optional.of(new TaskEnd(ExitCode.FAILED, name + " was cancelled" + colon(why)));
            case "Failed" -> Optional.of(new TaskEnd(failedCode(task, reason),
                    name + " failed" + (reason.isEmpty() ? "" : " (" + reason + ")") + colon(why) + details(task)));
            default -> Optional.empty();
        };
    }

    private static int failedCode(KubeObject task, String reason) {
        if (reason.equals("TimedOut")) {
            return ExitCode.TASK_TIMED_OUT;
        }
        int own = task.number("status.exitCode", 0);
        return own > 0 && own <= LAST_EXIT_CODE ? own : ExitCode.FAILED;
    }

    private static String colon(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }

    private static String details(KubeObject task) {
        var agents = String.join(", ", task.texts("status.assignedAgents"));
        var duration = task.text("status.duration");
        int attempts = task.number("status.attempts", 0);
        return (agents.isEmpty() ? "" : ", by " + agents) + (duration.isEmpty() ? "" : ", in " + duration)
                + (attempts > 1 ? ", at attempt " + attempts : "");
    }
}
