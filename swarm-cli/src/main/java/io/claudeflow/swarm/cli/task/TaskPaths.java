package io.claudeflow.swarm.cli.task;

/** Where SwarmTasks and SwarmClusters lie on the API server. */
public final class TaskPaths {
    private static final String ROOT = "apis/swarm.claudeflow.io/v1alpha1/namespaces/";

    private TaskPaths() {}

    /** All tasks of a namespace. */
    public static String all(String namespace) {
        return ROOT + namespace + "/swarmtasks";
    }

    /** One task. */
    public static String one(String namespace, String name) {
        return all(namespace) + "/" + name;
    }

    /** All clusters of a namespace. */
    public static String clusters(String namespace) {
        return ROOT + namespace + "/swarmclusters";
    }
}
