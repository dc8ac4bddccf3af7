package io.claudeflow.swarm.mesh.hivemind;

/**
 * What runs: the key of every fence, lease, log entry and name.
 *
 * @param taskUid the task
 * @param path    empty for the task itself, else {@code sub/<name>}, {@code sub/<name>/<number of the item>} and the like
 * @param attempt from 1
 */
public record StepKey(String taskUid, String path, int attempt) {
    /** With what the paths of subtasks' steps begin. */
    public static final String SUB = "sub/";
}
