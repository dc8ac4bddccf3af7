package io.claudeflow.swarm.hivemind.ledger;

/** Where a step stands. In the three middle ones an agent holds it. */
public enum StepPhase {
    /** May be assigned. Deadline: the queue timeout. */
    WAITING,
    /** Waits out a retry's backoff. Deadline: when it may be assigned. */
    BACKOFF,
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
}
