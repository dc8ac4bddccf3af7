package io.claudeflow.swarm.mesh.hivemind;

/** What happens to a step whose agent was lost. */
public enum OnLost {
    /** It runs again elsewhere (at least once). */
    RETRY,
    /** It must not run twice: the task fails. */
    NEVER
}
