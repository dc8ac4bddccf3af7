package io.claudeflow.swarm.operator.reference;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.adapter.kube.Latest;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.adapter.kube.StatusWriter;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster operator does with a resource that is a mesh operator's: it says why nobody has taken it, and releases it
 * when its cluster is gone. A resource that a mesh operator can take is left alone. JOSDK reads the kind from the class that
 * extends this one.
 *
 * @param <T> SwarmAgent, SwarmTask or SwarmMemory
 * @param <S> its status
 */
public abstract class UnresolvedReconciler<T extends CustomResource<?, S>, S> implements Reconciler<T> {
    private final BoundKind<T, S> kind;
    private final PrimaryView<SwarmCluster> clusters;
    private final @Nullable PrimaryView<T> view;
    private final Clock clock;
    private final Latest<T> latest = new Latest<>();
    private final StatusWriter<T, S> asClusterOperator;
    private final StatusWriter<T, S> asMeshOperator;

    /**
     * A reconciler.
     *
     * @param view filled with the kind's resources for another controller, or null
     */
    protected UnresolvedReconciler(BoundKind<T, S> kind, PrimaryView<SwarmCluster> clusters,
            @Nullable PrimaryView<T> view, Clock clock) {
        this.kind = kind;
        this.clusters = clusters;
        this.view = view;
        this.clock = clock;
        this.asClusterOperator = new StatusWriter<>(kind::empty, Labels.CLUSTER_OPERATOR, latest);
        this.asMeshOperator = new StatusWriter<>(kind::empty, Labels.MESH_OPERATOR, latest);
    }

    @Override
    public List<EventSource<?, T>> prepareEventSources(EventSourceContext<T> context) {
        var sources = new ArrayList<EventSource<?, T>>();
        var own = view;
        if (own != null) {
            sources.add(own.source(context));
        }
        var primaries = context.getPrimaryCache();
        sources.add(clusters.triggering(cluster -> neighbours(primaries, cluster)));
        return sources;
    }

    private static <T extends CustomResource<?, ?>> Set<ResourceID> neighbours(IndexerResourceCache<T> primaries,
            SwarmCluster cluster) {
        return primaries.list(cluster.getMetadata().getNamespace(), _ -> true)
                .map(ResourceID::fromResource)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public UpdateControl<T> reconcile(T cached, Context<T> context) {
        if (context.isPrimaryResourceDeleted()) {
            latest.forget(cached);
            return UpdateControl.noUpdate();
        }
        var resource = latest.of(cached);
        if (resource.isMarkedForDeletion() || kind.ended(resource)) {
            return UpdateControl.noUpdate();
        }
        var namespace = resource.getMetadata().getNamespace();
        var present = clusters.list(namespace).stream().map(ClusterFact::of).toList();
        var resolution = Resolution.of(kind.clusterRef(resource), kind.boundUid(resource), present);
        switch (resolution) {
            case Resolution.Taken _ -> {
                // A mesh operator's.
            }
            case Resolution.Gone gone -> release(resource, gone, context);
            case Resolution.NoCluster _,Resolution.Ambiguous _ -> say(resource, Resolution.unresolved(resolution),
                    context);
        }
        return UpdateControl.noUpdate();
    }

    private void say(T resource, Fact fact, Context<T> context) {
        var current = kind.conditions(resource);
        var before = Conditions.find(current, Catalogue.CLUSTER_RESOLVED);
        boolean said = before.isPresent() && before.get().getStatus().equals(fact.status().word())
                && (before.get().getReason().equals(fact.reason()) && before.get().getMessage().equals(fact.message())
                        || fact.reason().equals(Catalogue.NO_CLUSTER)
                                && before.get().getReason().equals(Catalogue.CLUSTER_DELETED));
        if (!said) {
            var conditions = Conditions.of(List.of(fact), current, resource.getMetadata().getGeneration(),
                    clock.instant());
            asClusterOperator.writeOnVersion(resource, kind.waiting(resource, conditions), context);
        }
    }

    /** The mesh operator did this in the drain; what it did not get to is done here. The API server has the last word. */
    private void release(T resource, Resolution.Gone gone, Context<T> context) {
        boolean alive = context.getClient()
                .resources(SwarmCluster.class)
                .inNamespace(resource.getMetadata().getNamespace())
                .list()
                .getItems()
                .stream()
                .anyMatch(cluster -> cluster.getMetadata().getUid().equals(gone.clusterUid()));
        if (alive) {
            return;
        }
        deletePod(resource, context.getClient());
        asMeshOperator.writeOnVersion(resource, kind.unbound(resource, clock.instant()), context);
    }

    /** An agent's pod has its name; those of the cluster's own agents go with the cluster. */
    private static void deletePod(CustomResource<?, ?> resource, KubernetesClient client) {
        if (!resource.getKind().equals(Catalogue.AGENT)) {
            return;
        }
        Pod pod = client.pods()
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .get();
        if (pod != null && Owner.controls(resource, pod)) {
            client.resource(pod).delete();
        }
    }
}
