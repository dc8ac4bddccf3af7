package io.claudeflow.swarm.operator;

/** The operator's own variables; the mesh's are in {@link io.claudeflow.swarm.mesh.environment.MeshVariables}. */
public final class OperatorVariables {
    /** All variables of the operator start so. */
    public static final String PREFIX = "OPERATOR_";
    /** {@code cluster} or {@code mesh}. */
    public static final String ROLE = "OPERATOR_ROLE";
    /** Images, instead of the release's. */
    public static final String IMAGE = "OPERATOR_IMAGE";
    public static final String HIVEMIND_IMAGE = "OPERATOR_HIVEMIND_IMAGE";
    public static final String AGENT_IMAGE = "OPERATOR_AGENT_IMAGE";
    public static final String PULL_POLICY = "OPERATOR_IMAGE_PULL_POLICY";
    /** Replicas of each mesh operator's Deployment. */
    public static final String MESH_REPLICAS = "OPERATOR_MESH_REPLICAS";
    /** The one namespace that the cluster operator serves; absent: all. */
    public static final String NAMESPACE = "OPERATOR_NAMESPACE";
    /** Name of the Lease that replicas of an operator contend for. */
    public static final String LEASE = "OPERATOR_LEASE";

    private OperatorVariables() {}
}
