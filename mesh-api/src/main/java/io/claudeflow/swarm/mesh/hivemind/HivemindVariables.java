package io.claudeflow.swarm.mesh.hivemind;

/** The variables and mounts of a hive-mind replica. Its ordinal is the number that ends its pod's name. */
public final class HivemindVariables {
    /** The volume: Raft log, snapshots, the replica's peer id. An absolute mount path. */
    public static final String DATA = "HIVEMIND_DATA";
    /** The mounted ConfigMap {@code <name>-hivemind-group}: files {@link #GROUP_ID} and so on. An absolute mount path. */
    public static final String GROUP = "HIVEMIND_GROUP";
    /** The mounted Secret that peers show each other where there are no certificates: file {@code token}. */
    public static final String PEER_SECRET = "HIVEMIND_PEER_SECRET";

    /** Files of the group's ConfigMap: the SwarmCluster's UID; the epoch; Founding or Established; ordinals, comma-separated. */
    public static final String GROUP_ID = "groupId";
    public static final String EPOCH = "epoch";
    public static final String STATE = "state";
    public static final String FOUNDERS = "founders";

    /** Lease, heartbeat and tick; tests shorten them. */
    public static final String LEASE = "HIVEMIND_LEASE";
    public static final String HEARTBEAT = "HIVEMIND_HEARTBEAT";

    private HivemindVariables() {}
}
