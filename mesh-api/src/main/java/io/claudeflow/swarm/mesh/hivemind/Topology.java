package io.claudeflow.swarm.mesh.hivemind;

/** Who stands where in a swarm, and so who is given what work. */
public enum Topology {
    /** All alike. */
    MESH,
    /** A queen at the root, the other coordinators below her, all others below these. */
    HIERARCHICAL,
    /** One after the other, the last one before the first. */
    RING,
    /** One hub, and spokes that are joined to it alone. */
    STAR
}
