package io.claudeflow.swarm.hivemind.ledger;

/** Where a step stands. */
public enum StepPhase {
    /** A subtask, or the task after its subtasks: what it depends on has not ended. No deadline. */
    BLOCKED,
    /** What it depends on has ended; the leader works out whether its condition holds. No deadline. */
    DECIDING,
    /** May run as soon as fewer items of its subtask do. No deadline. */
    QUEUED,
    /** May be assigned. Deadline: the queue timeout. */
    WAITING,
    /** Waits out a retry's backoff. Deadline: when it may be assigned. */
    BACKOFF,
    /** Somebody has stopped it for the time being. No deadline. */
    SUSPENDED,
    /** A Job is to be made for the attempt, or its pod has not spoken yet. Deadline: the start timeout. */
    JOB_WANTED,
    /** The container of a foreign image runs, seen from outside only. Deadline: the attempt's timeout. */
    JOB_RUNNING,
    /** Given to an agent that has not said that it began. Deadline: the start timeout. */
    ASSIGNED,
    /** The agent said that it began. Deadline: the guard behind the agent's own timeout. */
    RUNNING,
    /** The agent is asked to end it. Deadline: the guard behind the grace. */
    CANCELLING,
    /** Ended for good. */
    FINISHED;

    /** Whether an agent holds it. */
    public boolean held() {
        return this == ASSIGNED || this == RUNNING || this == CANCELLING;
    }

    /** Whether its present attempt has begun and not ended. */
    public boolean underWay() {
        return held() || this == JOB_WANTED || this == JOB_RUNNING;
    }

    /** Whether something runs for it. */
    public boolean running() {
        return this == RUNNING || this == CANCELLING || this == JOB_RUNNING;
    }
}
