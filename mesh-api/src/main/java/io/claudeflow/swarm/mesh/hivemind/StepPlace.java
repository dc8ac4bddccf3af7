package io.claudeflow.swarm.mesh.hivemind;

/** Where the steps of a task run. */
public enum StepPlace {
    /** On an agent of the swarm. */
    AGENT,
    /** In the pod of a Job, one per attempt, which runs our agent for that step alone. */
    JOB,
    /** In the pod of a Job whose image knows nothing of us: it is seen from outside only. */
    FOREIGN_JOB;

    public boolean job() {
        return this != AGENT;
    }
}
