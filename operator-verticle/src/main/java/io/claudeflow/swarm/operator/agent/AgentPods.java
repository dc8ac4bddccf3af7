package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.operator.identity.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Pods of the swarm's agents. A Pod that is gone is told of by its UID, whether or not its SwarmAgent still exists: until
 * then the agent may hand back what it does.
 */
final class AgentPods extends InformerEventSource<Pod, SwarmAgent> {
    private final Consumer<String> gone;

    /**
     * A source.
     *
     * @param gone told the UID of each Pod that is gone; returns at once
     */
    AgentPods(String cluster, EventSourceContext<SwarmAgent> context, Consumer<String> gone) {
        super(InformerEventSourceConfiguration.from(Pod.class, SwarmAgent.class)
                .withName("pods")
                .withLabelSelector(Labels.COMPONENT + "=" + Labels.AGENT + "," + Labels.CLUSTER + "=" + cluster)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(pod -> Set.of(ResourceID.fromResource(pod)))
                .build(), context);
        this.gone = gone;
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
        super.onDelete(pod, finalStateUnknown);
        gone.accept(pod.getMetadata().getUid());
    }

    /** The Pod of that name, which is the agent's. */
    @Nullable
    Pod of(HasMetadata agent) {
        return get(ResourceID.fromResource(agent)).orElse(null);
    }

    /** Remembers a Pod that was made, until the watch brings it. */
    void made(Pod pod) {
        handleRecentResourceCreate(ResourceID.fromResource(pod), pod);
    }
}
