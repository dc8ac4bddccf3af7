package io.claudeflow.swarm.api.v1alpha1;

import io.claudeflow.swarm.api.v1alpha1.memory.SwarmMemorySpec;
import io.claudeflow.swarm.api.v1alpha1.memory.SwarmMemoryStatus;
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

/** One entry of a swarm's shared memory, kept by a manifest. */
@Group(SwarmApi.GROUP)
@Version(SwarmApi.VERSION)
@Kind("SwarmMemory")
@Singular("swarmmemory")
@Plural("swarmmemories")
@ShortNames("swm")
@Categories(SwarmApi.CATEGORY)
@SchemaCustomizer(value = KindSchema.class, input = """
        description: One entry of a swarm's shared memory, kept by a manifest. Deleting the resource deletes the entry.
        """)
@AdditionalPrinterColumn(name = "Space", jsonPath = ".spec.namespace")
@AdditionalPrinterColumn(name = "Key", jsonPath = ".spec.key")
@AdditionalPrinterColumn(name = "Type", jsonPath = ".spec.type")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Size", jsonPath = ".status.size", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".status.expiresAt")
@AdditionalPrinterColumn(name = "Cluster", jsonPath = ".spec.clusterRef", priority = 1)
@AdditionalPrinterColumn(name = "Backend", jsonPath = ".status.backend", priority = 1)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class SwarmMemory extends CustomResource<SwarmMemorySpec, SwarmMemoryStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
