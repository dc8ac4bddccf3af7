package io.claudeflow.swarm.local.api.resource;

/**
 * What objects are stored under: all versions of a resource share it.
 *
 * @param group  empty for the core group
 * @param plural such as {@code pods}
 */
public record GroupResource(String group, String plural) {
    /** As errors name it: {@code pods}, {@code deployments.apps}. */
    @Override
    public String toString() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
