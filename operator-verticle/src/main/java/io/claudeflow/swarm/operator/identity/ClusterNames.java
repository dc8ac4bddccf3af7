package io.claudeflow.swarm.operator.identity;

import io.claudeflow.swarm.mesh.environment.MeshPorts;

/**
 * What the objects of one SwarmCluster are called. The one place where such names are made.
 *
 * @param namespace the SwarmCluster's namespace
 * @param cluster   its name, at most 40 characters
 */
public record ClusterNames(String namespace, String cluster) {
    /** The bus: {@code <namespace>/<name>}. */
    public String bus() {
        return namespace + "/" + cluster;
    }

    /** The headless Service through which members of the bus find each other. */
    public String mesh() {
        return cluster + "-mesh";
    }

    /** The hive-mind's StatefulSet, its Service, its PodDisruptionBudget and its ServiceAccount. */
    public String hivemind() {
        return cluster + "-hivemind";
    }

    /** The pod of a replica. */
    public String hivemindPod(int ordinal) {
        return hivemind() + "-" + ordinal;
    }

    /** The ConfigMap that says who founds the Raft group. */
    public String group() {
        return cluster + "-hivemind-group";
    }

    /** The Secret that the replicas show each other. */
    public String peerSecret() {
        return cluster + "-hivemind-peer";
    }

    /** The mesh operator's Deployment. */
    public String operator() {
        return cluster + "-operator";
    }

    /** The mesh operator's ServiceAccount, Role, RoleBinding and Lease. */
    public String operatorAccount() {
        return cluster + "-mesh-operator";
    }

    /** The ServiceAccount of all agents. */
    public String agentAccount() {
        return cluster + "-agent";
    }

    /** The ServiceAccount of the pods of Jobs that run our agent. */
    public String jobAccount() {
        return cluster + "-job";
    }

    /** The ServiceAccount whose tokens stand for a person. */
    public String userAccount() {
        return cluster + "-user";
    }

    /** The n-th agent of a type that the cluster makes. */
    public String agent(String type, int number) {
        return cluster + "-" + type + "-" + number;
    }

    /** {@code <name>-mesh.<namespace>.svc}. */
    public String meshHost() {
        return host(mesh());
    }

    /** {@code host:port} of the agent gateway. */
    public String gateway() {
        return host(hivemind()) + ":" + MeshPorts.GATEWAY;
    }

    private String host(String service) {
        return service + "." + namespace + ".svc";
    }
}
