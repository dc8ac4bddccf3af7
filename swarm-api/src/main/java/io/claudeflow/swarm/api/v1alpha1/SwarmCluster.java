package io.claudeflow.swarm.api.v1alpha1;

import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus;
import io.claudeflow.swarm.api.v1alpha1.schema.KindSchema;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A whole swarm: its hive-mind, memory, models, scaling and agents. */
@Group(SwarmApi.GROUP)
@Version(SwarmApi.VERSION)
@Kind("SwarmCluster")
@Singular("swarmcluster")
@Plural("swarmclusters")
@ShortNames("swc")
@Categories(SwarmApi.CATEGORY)
@SchemaCustomizer(value = KindSchema.class, input = """
        description: A whole swarm - its hive-mind, memory, models, scaling and agents.
        nameLength: 40
        namePattern: ^[a-z]([-a-z0-9]*[a-z0-9])?$
        nameMessage: the name of a SwarmCluster is at most 40 lower-case letters, digits and hyphens,
          begins with a letter and ends with a letter or digit
        """)
@AdditionalPrinterColumn(name = "Topology", jsonPath = ".spec.topology")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Wanted", jsonPath = ".spec.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Agents", jsonPath = ".status.agents.connected", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Leader", jsonPath = ".status.mesh.leader", priority = 1)
@AdditionalPrinterColumn(name = "Strategy", jsonPath = ".spec.strategy", priority = 1)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@ValidationRule(value = "!has(self.spec.autoscaling) || !has(self.spec.autoscaling.topologyRatios) ||"
        + " self.spec.autoscaling.topologyRatios.all(t, self.metadata.name.size() + t.size() <= 57)", //
        message = "metadata.name and the longest agent type in topologyRatios may have 57 characters"
                + " together, because agents are named <cluster>-<type>-<n>")
public final class SwarmCluster extends CustomResource<SwarmClusterSpec, SwarmClusterStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
