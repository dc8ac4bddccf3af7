package io.claudeflow.swarm.operator.condition;

import java.util.List;

/** Every condition type and reason that the operators write. Reasons are stable words: scripts and alerts rest on them. */
public final class Catalogue {
    public static final String CLUSTER = "SwarmCluster";
    public static final String AGENT = "SwarmAgent";
    public static final String TASK = "SwarmTask";
    public static final String MEMORY = "SwarmMemory";

    public static final String READY = "Ready";
    public static final String PROGRESSING = "Progressing";
    public static final String DEGRADED = "Degraded";
    public static final String HIVEMIND_READY = "HiveMindReady";
    public static final String AGENTS_READY = "AgentsReady";
    public static final String DRAINED = "Drained";
    public static final String CLUSTER_RESOLVED = "ClusterResolved";
    public static final String ACCEPTED = "Accepted";
    public static final String COMPLETE = "Complete";
    public static final String FAILED = "Failed";

    public static final String MEMORY_READY = "MemoryReady";
    public static final String NEURAL_READY = "NeuralReady";
    public static final String AUTOSCALING_READY = "AutoscalingReady";
    public static final String MONITORING_READY = "MonitoringReady";
    public static final String KNOWLEDGE_READY = "KnowledgeReady";
    public static final String BACKUP_READY = "BackupReady";
    public static final String MEMBERSHIP_READY = "MembershipReady";
    public static final String STORAGE_READY = "StorageReady";
    public static final String RETENTION_READY = "RetentionReady";
    public static final String CONSENSUS_READY = "ConsensusReady";
    public static final String TOPOLOGY_READY = "TopologyReady";
    public static final String NETWORK_READY = "NetworkReady";
    public static final String VOLUMES_READY = "VolumesReady";
    public static final String LLM_READY = "LlmReady";

    public static final String NOT_AVAILABLE = "NotAvailable";
    public static final String ALL_READY = "AllReady";
    public static final String STARTING = "Starting";
    public static final String WAITING_FOR_HIVEMIND = "WaitingForHiveMind";
    public static final String WAITING_FOR_AGENTS = "WaitingForAgents";
    public static final String MESH_OPERATOR_UNAVAILABLE = "MeshOperatorUnavailable";
    public static final String NAME_TAKEN = "NameTaken";
    public static final String REFUSED = "Refused";
    public static final String DRAINING = "Draining";
    public static final String SETTLED = "Settled";
    public static final String SCALING = "Scaling";
    public static final String CHANGING = "Changing";
    public static final String AS_EXPECTED = "AsExpected";
    public static final String QUORUM = "Quorum";
    public static final String NO_LEADER = "NoLeader";
    public static final String CONNECTED = "Connected";
    public static final String DISCONNECTED = "Disconnected";
    public static final String POD_FAILED = "PodFailed";
    public static final String REPLACING = "Replacing";
    public static final String HANDED_BACK = "HandedBack";
    public static final String RESOLVED = "Resolved";
    public static final String NO_CLUSTER = "NoCluster";
    public static final String AMBIGUOUS = "Ambiguous";
    public static final String CLUSTER_DELETED = "ClusterDeleted";
    public static final String SUBMITTED = "Submitted";
    public static final String WAITING = "Waiting";
    public static final String INVALID = "Invalid";
    public static final String COMPLETED = "Completed";
    public static final String RUNNING = "Running";
    public static final String CANCELLED = "Cancelled";
    public static final String EXIT_CODE = "ExitCode";
    public static final String TIMED_OUT = "TimedOut";
    public static final String QUEUE_TIMEOUT = "QueueTimeout";
    public static final String START_TIMEOUT = "StartTimeout";
    public static final String NOT_STARTED = "NotStarted";
    public static final String DEADLINE_EXCEEDED = "DeadlineExceeded";
    public static final String POD_GONE = "PodGone";
    public static final String SUBTASK_FAILED = "SubtaskFailed";
    public static final String CYCLE = "Cycle";
    public static final String NODE_RESTART = "NodeRestart";
    public static final String EXHAUSTED = "Exhausted";
    public static final String AGENT_LOST = "AgentLost";

    private static final String SECTION = "The section of the spec that the message names asks for something that this"
            + " release does not have. It does not hold Ready back.";

    /** One row of the page. */
    public record Entry(String kind, String type, String status, String reason, String meaning) {}

    /** The page's rows, in its order. */
    public static final List<Entry> ENTRIES = List.of(
            row(CLUSTER, READY, "True", ALL_READY, "The hive-mind has a quorum and every wanted agent is registered."),
            row(CLUSTER, READY, "False", STARTING, "Objects were made; the mesh operator has not reported yet."),
            row(CLUSTER, READY, "False", WAITING_FOR_HIVEMIND, "The hive-mind has no leader with a quorum."),
            row(CLUSTER, READY, "False", WAITING_FOR_AGENTS, "Fewer agents are registered than wanted."),
            row(CLUSTER, READY, "Unknown", MESH_OPERATOR_UNAVAILABLE,
                    "The mesh operator's Deployment has no ready replica, so nobody knows how the mesh is."),
            row(CLUSTER, READY, "False", NAME_TAKEN,
                    "An object of a name that the cluster needs belongs to somebody else and is not touched."),
            row(CLUSTER, READY, "False", REFUSED, "The API server refused an object; its words are the message."),
            row(CLUSTER, READY, "False", DRAINING, "The SwarmCluster is being deleted."),
            row(CLUSTER, PROGRESSING, "True", STARTING, "Its first start is under way."),
            row(CLUSTER, PROGRESSING, "True", SCALING, "Agents are being made or removed, or have yet to register."),
            row(CLUSTER, PROGRESSING, "True", DRAINING, "Running work is being handed back."),
            row(CLUSTER, PROGRESSING, "False", SETTLED, "Nothing is under way."),
            row(CLUSTER, DEGRADED, "True", NO_LEADER, "The hive-mind had a quorum and has lost it."),
            row(CLUSTER, DEGRADED, "True", MESH_OPERATOR_UNAVAILABLE, "The mesh operator has no ready replica."),
            row(CLUSTER, DEGRADED, "True", NAME_TAKEN, "As for Ready."),
            row(CLUSTER, DEGRADED, "True", REFUSED, "As for Ready."),
            row(CLUSTER, DEGRADED, "False", AS_EXPECTED, "Nothing has failed."),
            row(CLUSTER, HIVEMIND_READY, "True", QUORUM, "The leader was heard within three seconds."),
            row(CLUSTER, HIVEMIND_READY, "False", NO_LEADER, "No leader has been heard for three seconds, or ever."),
            row(CLUSTER, AGENTS_READY, "True", CONNECTED, "Every agent that counts has an open stream."),
            row(CLUSTER, AGENTS_READY, "False", WAITING_FOR_AGENTS, "Some have not; the message says how many."),
            row(CLUSTER, DRAINED, "True", HANDED_BACK, "Nothing runs any more and every task was unbound."),
            row(CLUSTER, DRAINED, "False", DRAINING, "Running work is being handed back."),
            row(CLUSTER, MEMORY_READY, "False", NOT_AVAILABLE, SECTION),
            row(CLUSTER, NEURAL_READY, "False", NOT_AVAILABLE, SECTION),
            row(CLUSTER, AUTOSCALING_READY, "False", NOT_AVAILABLE,
                    SECTION + " topologyRatios and minAgents hold; kubectl scale sets the number of agents."),
            row(CLUSTER, MONITORING_READY, "False", NOT_AVAILABLE, SECTION),
            row(CLUSTER, KNOWLEDGE_READY, "False", NOT_AVAILABLE, SECTION),
            row(CLUSTER, BACKUP_READY, "False", NOT_AVAILABLE, SECTION),
            row(CLUSTER, MEMBERSHIP_READY, "True", SETTLED, "Exactly the wanted replicas vote."),
            row(CLUSTER, MEMBERSHIP_READY, "False", CHANGING,
                    "Replicas join or leave the group, one at a time, or a voter has not been heard yet."),
            row(CLUSTER, MEMBERSHIP_READY, "Unknown", NO_LEADER, "No leader says who votes."),
            row(CLUSTER, STORAGE_READY, "False", NOT_AVAILABLE,
                    "hiveMind.databaseSize was changed; the volumes keep the size that they were made with."),
            row(CLUSTER, RETENTION_READY, "False", NOT_AVAILABLE,
                    "hiveMind.retainVolumes was changed; the volumes keep what they were made with."),
            row(CLUSTER, CONSENSUS_READY, "False", NOT_AVAILABLE, SECTION),
            row(CLUSTER, TOPOLOGY_READY, "False", NOT_AVAILABLE,
                    "Of hierarchical: the topology chooses the crew; tasks go to any agent that matches."),
            row(CLUSTER, NETWORK_READY, "False", NOT_AVAILABLE, SECTION),
            row(CLUSTER, VOLUMES_READY, "False", NOT_AVAILABLE, SECTION),
            row(CLUSTER, LLM_READY, "False", NOT_AVAILABLE, SECTION),
            row(AGENT, CLUSTER_RESOLVED, "True", RESOLVED, "A SwarmCluster has taken it."),
            row(AGENT, CLUSTER_RESOLVED, "False", NO_CLUSTER, "No SwarmCluster of the namespace can take it."),
            row(AGENT, CLUSTER_RESOLVED, "False", AMBIGUOUS, "Several could; spec.clusterRef has to name one."),
            row(AGENT, CLUSTER_RESOLVED, "False", CLUSTER_DELETED, "Its SwarmCluster was deleted."),
            row(AGENT, READY, "True", CONNECTED, "Its pod has an open stream to the hive-mind."),
            row(AGENT, READY, "False", STARTING, "Its pod was made and has not connected yet."),
            row(AGENT, READY, "False", DISCONNECTED, "It was connected and is not any more."),
            row(AGENT, READY, "False", REPLACING, "Its pod is ending and will be made again."),
            row(AGENT, READY, "False", POD_FAILED, "Its pod failed; it is made again."),
            row(AGENT, READY, "False", REFUSED, "The API server refused its pod; its words are the message."),
            row(AGENT, READY, "False", NAME_TAKEN, "A Pod of its name belongs to somebody else and is not touched."),
            row(AGENT, NEURAL_READY, "False", NOT_AVAILABLE, SECTION),
            row(AGENT, LLM_READY, "False", NOT_AVAILABLE, SECTION),
            row(TASK, CLUSTER_RESOLVED, "True", RESOLVED, "A SwarmCluster has taken it."),
            row(TASK, CLUSTER_RESOLVED, "False", NO_CLUSTER, "No SwarmCluster of the namespace can take it; it waits."),
            row(TASK, CLUSTER_RESOLVED, "False", AMBIGUOUS, "Several could; it waits until spec.clusterRef names one."),
            row(TASK, CLUSTER_RESOLVED, "False", CLUSTER_DELETED,
                    "Its SwarmCluster was deleted before it ended; another one may take it."),
            row(TASK, ACCEPTED, "True", SUBMITTED, "It is in the ledger: it will not be lost."),
            row(TASK, ACCEPTED, "False", WAITING, "It is suspended and not submitted yet."),
            row(TASK, ACCEPTED, "False", EXHAUSTED,
                    "The hive-mind's volume is nearly full; it is submitted as soon as there is room."),
            row(TASK, ACCEPTED, "False", NOT_AVAILABLE,
                    "It asks for something that this release does not have, and is not run."),
            row(TASK, ACCEPTED, "False", INVALID, "It cannot be run as written; the message says what to change."),
            row(TASK, COMPLETE, "True", COMPLETED, "It ended well."),
            row(TASK, COMPLETE, "False", RUNNING, "It has not ended."),
            row(TASK, COMPLETE, "False", FAILED, "It ended otherwise."),
            row(TASK, COMPLETE, "False", CANCELLED, "It was cancelled."),
            row(TASK, FAILED, "True", EXIT_CODE, "The script's last attempt ended with another exit code than 0."),
            row(TASK, FAILED, "True", TIMED_OUT, "The last attempt took longer than spec.timeout."),
            row(TASK, FAILED, "True", QUEUE_TIMEOUT, "No agent was free within spec.queueTimeout."),
            row(TASK, FAILED, "True", START_TIMEOUT, "No agent began it within spec.startTimeout."),
            row(TASK, FAILED, "True", DEADLINE_EXCEEDED, "It was not done within spec.deadline."),
            row(TASK, FAILED, "True", POD_GONE,
                    "Its Job or the Job's pod was deleted or evicted, and retries are used up or onLost is never."),
            row(TASK, FAILED, "True", SUBTASK_FAILED, "A subtask that is not optional failed; the message names it."),
            row(TASK, FAILED, "True", CYCLE, "Its subtasks depend on one another; the message names them."),
            row(TASK, FAILED, "True", NOT_STARTED, "The script could not be started; the message says why."),
            row(TASK, FAILED, "True", NODE_RESTART, "Its agent was started anew, and retries.onLost is never."),
            row(TASK, FAILED, "True", AGENT_LOST, "The agent was lost, and retries are used up or onLost is never."),
            row(TASK, FAILED, "True", CANCELLED, "It was cancelled; the phase is Cancelled."),
            row(TASK, FAILED, "True", CLUSTER_DELETED, "Its SwarmCluster was deleted after it had begun, and onLost is"
                    + " never."),
            row(TASK, FAILED, "False", RUNNING, "It has not ended."),
            row(TASK, FAILED, "False", COMPLETED, "It ended well."),
            row(MEMORY, CLUSTER_RESOLVED, "True", RESOLVED, "A SwarmCluster has taken it."),
            row(MEMORY, CLUSTER_RESOLVED, "False", NO_CLUSTER, "No SwarmCluster of the namespace can take it."),
            row(MEMORY, CLUSTER_RESOLVED, "False", AMBIGUOUS, "Several could; spec.clusterRef has to name one."),
            row(MEMORY, CLUSTER_RESOLVED, "False", CLUSTER_DELETED, "Its SwarmCluster was deleted."),
            row(MEMORY, READY, "False", NOT_AVAILABLE,
                    "This release has no memory gateway; the entry is stored nowhere."));

    private Catalogue() {}

    private static Entry row(String kind, String type, String status, String reason, String meaning) {
        return new Entry(kind, type, status, reason, meaning);
    }
}
