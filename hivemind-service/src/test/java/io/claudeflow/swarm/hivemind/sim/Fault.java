package io.claudeflow.swarm.hivemind.sim;

/** Kinds of trouble. Each is counted when it comes to pass, and must do so in a good part of all seeds. */
enum Fault {
    /** A replica's process dies with everything that is not on its volume. */
    REPLICA_CRASH,
    /** The replica that died led. */
    LEADER_CRASH,
    /** A replica comes back from its volume's snapshot and the log after it. */
    RESTART_FROM_SNAPSHOT,
    /** A replica that is far behind is given the leader's snapshot. */
    SNAPSHOT_INSTALLED,
    /** A replica stands still (SIGSTOP) while its clocks go on. */
    REPLICA_PAUSE,
    /** Replicas do not reach each other, neither way. */
    REPLICA_PARTITION,
    /** One replica does not hear another that hears it. */
    REPLICA_PARTITION_ONE_WAY,
    /** Another replica leads. */
    LEADER_CHANGE,
    /** Two replicas both take themselves for the leader. */
    TWO_LEADERS,
    /** Whether a proposal was written is not known to whoever proposed it. */
    INDETERMINATE,
    /** An entry of a leader that is none any more was committed all the same. */
    COMMITTED_BY_ANOTHER, WALL_CLOCK_JUMP, MONOTONIC_JUMP,
    /** A volume is nearly full. */
    VOLUME_FULL,
    /** A message took very long. */
    DELAY, DUPLICATE,
    /** A message was overtaken by a later one. */
    REORDER,
    /** An answer did not come in time, and the same request was sent again. */
    RETRIED_REQUEST,
    /** A frame of an old stream came after the agent had begun a newer one. */
    LATE_FRAME,
    /** A follower sent an agent's frames to a leader after it had sent them to another. */
    RESENT_FRAMES,
    /** An agent's process dies; another one starts in the same pod. */
    AGENT_CRASH,
    /** An agent hears and says nothing for a while. */
    AGENT_FREEZE, AGENT_STREAM_LOST,
    /** An agent ends in good order and gives back what it runs. */
    AGENT_STOP,
    /** A new pod takes an agent's place. */
    POD_REPLACED,
    /** An agent and a replica do not reach each other, one way or both. */
    AGENT_PARTITION,
    /** A submitter or the operator and a replica do not reach each other, one way or both. */
    CALLER_PARTITION,
    /** The mesh operator begins anew with what Kubernetes holds. */
    OPERATOR_RESTART,
    /** Somebody stops a task that an agent holds. */
    SUSPENDED_WHILE_HELD,
    /** An older word about a task is said after a newer one. */
    STALE_UPDATE,
    /** No agent was free in time. */
    QUEUE_TIMEOUT,
    /** An agent did not begin in time. */
    START_TIMEOUT,
    /** An attempt took too long. */
    RUN_TIMEOUT,
    /** A task took too long. */
    DEADLINE,
    /** An attempt goes on from where a former one had come to. */
    RESUMED,
    /** An agent dies or lets go of a step, and the ledger has not acknowledged its last checkpoint. */
    CHECKPOINT_LOST,
    /** A part of a task has failed, and with it the whole. */
    SUBTASK_FAILED,
    /** The pod of a Job dies. */
    JOB_POD_FAILED,
    /** The pod of a Job is evicted, or deleted by somebody. */
    JOB_POD_GONE,
    /** The pod of a Job stands still for a while. */
    JOB_POD_FROZEN,
    /** What is seen of a Job is said again, after what came next. */
    STALE_JOB_REPORT
}
