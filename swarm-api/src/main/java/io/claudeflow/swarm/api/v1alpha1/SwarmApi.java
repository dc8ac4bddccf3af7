package io.claudeflow.swarm.api.v1alpha1;

/** Names that all four kinds share. */
public final class SwarmApi {
    public static final String GROUP = "swarm.claudeflow.io";
    public static final String VERSION = "v1alpha1";
    /** As in {@code kubectl get swarm}. */
    public static final String CATEGORY = "swarm";

    private SwarmApi() {}
}
