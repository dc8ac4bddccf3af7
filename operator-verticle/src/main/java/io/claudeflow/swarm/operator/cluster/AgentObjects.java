package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.agent.SwarmAgentSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.AgentTemplateSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.AgentTypeSpec;
import io.claudeflow.swarm.api.v1alpha1.pod.ResourcesSpec;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SwarmAgents that a cluster makes, from its template and the overrides of their type. */
final class AgentObjects {
    private AgentObjects() {}

    static HasMetadata desired(SwarmCluster cluster, AgentPlan.Agent agent) {
        var labels = Labels.of(cluster.getMetadata().getName(), Labels.AGENT, Labels.CLUSTER_OPERATOR);
        labels.put(Labels.TYPE, agent.type());
        labels.put(Labels.COUNTED, "true");
        var object = new SwarmAgent();
        object.setMetadata(new ObjectMetaBuilder().withName(agent.name())
                .withNamespace(cluster.getMetadata().getNamespace())
                .withLabels(labels)
                .withOwnerReferences(Owner.controlledBy(cluster))
                .build());
        object.setSpec(spec(cluster, agent.type()));
        return object;
    }

    private static SwarmAgentSpec spec(SwarmCluster cluster, String type) {
        var builder = SwarmAgentSpec.builder(type).clusterRef(cluster.getMetadata().getName());
        var standard = Requests.agent(cluster.getSpec(), type);
        var template = cluster.getSpec().agentTemplate();
        if (template == null) {
            return builder.resources(standard.spec()).storage(quantity(standard.storage())).build();
        }
        var own = template.types().get(type);
        return own == null
                ? from(builder, template, standard).build()
                : over(from(builder, template, standard), own,
                        template, standard).build();
    }

    private static SwarmAgentSpec.Builder from(SwarmAgentSpec.Builder builder, AgentTemplateSpec template,
            Requests standard) {
        return builder.image(template.image())
                .resources(filled(template.resources(), standard.spec()))
                .environment(template.env())
                .nodeSelector(template.nodeSelector())
                .tolerations(template.tolerations())
                .affinity(template.affinity())
                .securityContext(template.securityContext())
                .llm(template.llm())
                .storage(template.storage() == null ? quantity(standard.storage()) : template.storage());
    }

    private static SwarmAgentSpec.Builder over(SwarmAgentSpec.Builder builder, AgentTypeSpec own,
            AgentTemplateSpec template, Requests standard) {
        if (own.image() != null) {
            builder.image(own.image());
        }
        if (own.affinity() != null) {
            builder.affinity(own.affinity());
        }
        if (own.securityContext() != null) {
            builder.securityContext(own.securityContext());
        }
        if (own.llm() != null) {
            builder.llm(own.llm());
        }
        if (own.storage() != null) {
            builder.storage(own.storage());
        }
        if (!own.nodeSelector().isEmpty()) {
            builder.nodeSelector(own.nodeSelector());
        }
        if (!own.tolerations().isEmpty()) {
            builder.tolerations(own.tolerations());
        }
        return builder.environment(merged(template.env(), own.env()))
                .resources(filled(own.resources(), filled(template.resources(), standard.spec())));
    }

    /** Field by field: what {@code own} does not say is what {@code base} says. */
    private static ResourcesSpec filled(@Nullable ResourcesSpec own, ResourcesSpec base) {
        return own == null
                ? base
                : new ResourcesSpec(own.cpu() == null ? base.cpu() : own.cpu(),
                        own.memory() == null ? base.memory() : own.memory(),
                        own.gpu() == null ? base.gpu() : own.gpu());
    }

    private static List<EnvVar> merged(List<EnvVar> base, List<EnvVar> own) {
        Map<String, EnvVar> merged = new LinkedHashMap<>();
        base.forEach(variable -> merged.put(variable.getName(), variable));
        own.forEach(variable -> merged.put(variable.getName(), variable));
        return List.copyOf(merged.values());
    }

    private static @Nullable Quantity quantity(@Nullable String text) {
        return text == null ? null : new Quantity(text);
    }
}
