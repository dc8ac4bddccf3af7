package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmApi;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.identity.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;

/**
 * Who may do what in a swarm. Only the mesh operator has rights of its own, in its namespace alone, and those on its own
 * SwarmCluster and Lease name them. Its default token opens the API server's key set, for which every ServiceAccount has a
 * right already.
 */
final class AccessObjects {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final SwarmCluster cluster;
    private final ClusterNames names;

    AccessObjects(SwarmCluster cluster, ClusterNames names) {
        this.cluster = cluster;
        this.names = names;
    }

    List<HasMetadata> desired() {
        return List.of(account(names.operatorAccount(), Labels.OPERATOR), account(names.hivemind(), Labels.HIVEMIND),
                account(names.agentAccount(), Labels.AGENT), account(names.jobAccount(), Labels.JOB),
                account(names.userAccount(), Labels.SWARM), role(), binding());
    }

    private HasMetadata account(String name, String component) {
        return new ServiceAccountBuilder().withMetadata(ClusterObjects.meta(cluster, name, component)).build();
    }

    private HasMetadata role() {
        return new RoleBuilder()
                .withMetadata(ClusterObjects.meta(cluster, names.operatorAccount(), Labels.OPERATOR))
                .withRules(rule(SwarmApi.GROUP, "swarmclusters", "get", "list", "watch"),
                        named(SwarmApi.GROUP, "swarmclusters/status", names.cluster(), "get", "patch"),
                        rule(SwarmApi.GROUP, "swarmagents", "get", "list", "watch"),
                        rule(SwarmApi.GROUP, "swarmtasks", "get", "list", "watch", "delete"),
                        rule(SwarmApi.GROUP, "swarmmemories", "get", "list", "watch"),
                        rule(SwarmApi.GROUP, "swarmagents/status", "get", "patch"),
                        rule(SwarmApi.GROUP, "swarmtasks/status", "get", "patch"),
                        rule(SwarmApi.GROUP, "swarmmemories/status", "get", "patch"),
                        rule(SwarmApi.GROUP, "swarmagents/finalizers", "update"),
                        rule(SwarmApi.GROUP, "swarmtasks/finalizers", "update"),
                        rule("", "pods", "get", "list", "watch", "create", "delete"),
                        rule("batch", "jobs", "get", "list", "watch", "create", "delete"),
                        rule("", "persistentvolumeclaims", "get", "create"),
                        rule("", "events", "get", "create", "patch"),
                        rule("coordination.k8s.io", "leases", "create"),
                        named("coordination.k8s.io", "leases", names.operatorAccount(), "get", "update"))
                .build();
    }

    private HasMetadata binding() {
        return new RoleBindingBuilder()
                .withMetadata(ClusterObjects.meta(cluster, names.operatorAccount(), Labels.OPERATOR))
                .withNewRoleRef()
                .withApiGroup(RBAC)
                .withKind("Role")
                .withName(names.operatorAccount())
                .endRoleRef()
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(names.operatorAccount())
                .withNamespace(names.namespace())
                .endSubject()
                .build();
    }

    private static PolicyRule rule(String group, String resource, String... verbs) {
        return new PolicyRuleBuilder().withApiGroups(group).withResources(resource).withVerbs(verbs).build();
    }

    private static PolicyRule named(String group, String resource, String name, String... verbs) {
        return new PolicyRuleBuilder(rule(group, resource, verbs)).withResourceNames(name).build();
    }
}
