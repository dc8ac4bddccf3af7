package io.claudeflow.swarm.local.api.kind;

import io.claudeflow.swarm.local.api.cel.CelRules;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import java.util.Map;

/** The rules of each built-in kind. */
public final class Kinds {
    private final Map<String, KindRules> byKind;

    /** @param rules compiles the rules that definitions bring */
    public Kinds(CelRules rules) {
        byKind = Map.ofEntries(
                Map.entry("Pod", new PodRules()),
                Map.entry("Deployment", new DeploymentRules()),
                Map.entry("ReplicaSet", new ReplicaSetRules()),
                Map.entry("StatefulSet", new StatefulSetRules()),
                Map.entry("Job", new JobRules()),
                Map.entry("Service", new ServiceRules()),
                Map.entry("Namespace", new NamespaceRules()),
                Map.entry("Secret", new SecretRules()),
                Map.entry("PersistentVolumeClaim", new ClaimRules()),
                Map.entry("PersistentVolume", new VolumeRules()),
                Map.entry("StorageClass", new StorageClassRules()),
                Map.entry("NetworkPolicy", new NetworkPolicyRules()),
                Map.entry("RoleBinding", new RoleBindingRules()),
                Map.entry("ClusterRoleBinding", new RoleBindingRules()),
                Map.entry("CustomResourceDefinition", new DefinitionRules(rules)));
    }

    /** The rules of a type; custom kinds have none. */
    public KindRules of(ResourceType type) {
        return type.custom() != null ? KindRules.NONE : byKind.getOrDefault(type.kind(), KindRules.NONE);
    }
}
