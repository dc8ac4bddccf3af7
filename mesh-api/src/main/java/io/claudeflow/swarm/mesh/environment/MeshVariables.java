package io.claudeflow.swarm.mesh.environment;

import io.claudeflow.swarm.kit.cluster.ClusterConfig;
import io.claudeflow.swarm.kit.trace.OtlpTracer;

/** The environment variables that the operator renders into every pod of a swarm, and that services read. */
public final class MeshVariables {
    /** The pod's own name, namespace, UID and address (downward API). */
    public static final String POD_NAME = "POD_NAME";
    public static final String POD_NAMESPACE = "POD_NAMESPACE";
    public static final String POD_UID = "POD_UID";
    public static final String POD_IP = ClusterConfig.ADDRESS;

    /** Name and UID of the SwarmCluster that the pod belongs to. */
    public static final String CLUSTER = "SWARM_CLUSTER";
    public static final String CLUSTER_UID = "SWARM_CLUSTER_UID";

    /** The bus that the pod is a member of, {@code <namespace>/<name>}; absent: the pod is no member. */
    public static final String MESH = ClusterConfig.MESH;
    /** The headless service through which members of the bus find each other, {@code <name>-mesh.<namespace>.svc}. */
    public static final String MESH_SERVICE = ClusterConfig.SERVICE;

    /** Port of {@code /healthz}, {@code /readyz} and {@code /metrics}. */
    public static final String MONITORING_PORT = "SWARM_MONITORING_PORT";
    /** OTLP endpoint of the trace collector; absent: no spans are exported. */
    public static final String TRACING_ENDPOINT = OtlpTracer.ENDPOINT;

    private MeshVariables() {}
}
