package io.claudeflow.swarm.api.v1alpha1;

import io.claudeflow.swarm.api.v1alpha1.schema.KindSchema;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskSpec;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus;
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

/** One piece of work for a swarm: a script or a prompt, or a graph of them. */
@Group(SwarmApi.GROUP)
@Version(SwarmApi.VERSION)
@Kind("SwarmTask")
@Singular("swarmtask")
@Plural("swarmtasks")
@ShortNames("swt")
@Categories(SwarmApi.CATEGORY)
@SchemaCustomizer(value = KindSchema.class, input = """
        description: One piece of work for a swarm - a script or a prompt, or a graph of them.
        """)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Agent", jsonPath = ".status.assignedAgents[0]")
@AdditionalPrinterColumn(name = "Attempts", jsonPath = ".status.attempts", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Exit", jsonPath = ".status.exitCode", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Duration", jsonPath = ".status.duration")
@AdditionalPrinterColumn(name = "Cluster", jsonPath = ".spec.clusterRef", priority = 1)
@AdditionalPrinterColumn(name = "Result", jsonPath = ".status.result", priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.message", priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class SwarmTask extends CustomResource<SwarmTaskSpec, SwarmTaskStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
