package io.claudeflow.swarm.mesh.environment;

import io.claudeflow.swarm.kit.cluster.ClusterConfig;

/** The fixed ports of the mesh: NetworkPolicies and Services name them, so they are part of the contract. */
public final class MeshPorts {
    /** The event bus between members. */
    public static final int BUS = ClusterConfig.BUS_PORT;
    /** Hazelcast's member traffic. */
    public static final int HAZELCAST = ClusterConfig.MEMBER_PORT;
    /** Health and metrics of every service, unless the pod says otherwise. */
    public static final int MONITORING = 9_090;
    /** Health and metrics of the cluster operator and the mesh operator. */
    public static final int OPERATOR_MONITORING = 8_080;
    /** The hive-mind's agent gateway (gRPC). */
    public static final int GATEWAY = 7_443;
    /** A follower's gateway to the leader's (gRPC). */
    public static final int PEER = 7_444;
    /** Raft. */
    public static final int RAFT = 7_445;

    private MeshPorts() {}
}
