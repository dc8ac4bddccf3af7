package io.claudeflow.swarm.api.v1alpha1;

import io.claudeflow.swarm.api.v1alpha1.agent.SwarmAgentSpec;
import io.claudeflow.swarm.api.v1alpha1.agent.SwarmAgentStatus;
import io.claudeflow.swarm.api.v1alpha1.schema.KindSchema;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One agent: what it can do, and what it runs on. */
@Group(SwarmApi.GROUP)
@Version(SwarmApi.VERSION)
@Kind("SwarmAgent")
@Singular("swarmagent")
@Plural("swarmagents")
@ShortNames("swa")
@Categories(SwarmApi.CATEGORY)
@SchemaCustomizer(value = KindSchema.class, input = """
        description: One agent - what it can do, and what it runs on. Its Pod has the same name.
        nameLength: 63
        nameMessage: the name of a SwarmAgent is at most 63 characters, because its Pod has the same name
        """)
@AdditionalPrinterColumn(name = "Type", jsonPath = ".spec.type")
@AdditionalPrinterColumn(name = "Cluster", jsonPath = ".spec.clusterRef")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Connected", jsonPath = ".status.connected", type = Type.BOOLEAN)
@AdditionalPrinterColumn(name = "Running", jsonPath = ".status.running", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Pattern", jsonPath = ".spec.cognitivePattern", priority = 1)
@AdditionalPrinterColumn(name = "Priority", jsonPath = ".spec.priority", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(name = "Pod", jsonPath = ".status.podName", priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class SwarmAgent extends CustomResource<SwarmAgentSpec, SwarmAgentStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
