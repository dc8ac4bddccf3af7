package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Caches of the objects that the cluster operator makes, one watch a kind, by label. Secrets are not among them: the cluster
 * operator may not list those.
 */
final class ClusterCaches {
    private static final String SELECTOR = Labels.MANAGED_BY + "=" + Labels.CLUSTER_OPERATOR + "," + Labels.CLUSTER;

    private final Map<Class<?>, InformerEventSource<?, SwarmCluster>> caches = new LinkedHashMap<>();

    ClusterCaches(EventSourceContext<SwarmCluster> context) {
        for (var kind : List.<Class<? extends HasMetadata>>of(StatefulSet.class, Deployment.class, ConfigMap.class,
                Service.class, ServiceAccount.class, Role.class, RoleBinding.class, PodDisruptionBudget.class)) {
            caches.put(kind, informer(kind, context));
        }
    }

    private static <R extends HasMetadata> InformerEventSource<R, SwarmCluster> informer(Class<R> kind,
            EventSourceContext<SwarmCluster> context) {
        return new InformerEventSource<>(InformerEventSourceConfiguration.from(kind, SwarmCluster.class)
                .withName(kind.getSimpleName())
                .withLabelSelector(SELECTOR)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(ClusterCaches::cluster)
                .build(), context);
    }

    /** By label, not by owner: the object of an earlier cluster of the same name stands in the way until it is gone. */
    private static Set<ResourceID> cluster(HasMetadata object) {
        var name = object.getMetadata().getLabels().get(Labels.CLUSTER);
        return name == null ? Set.of() : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
    }

    List<EventSource<?, SwarmCluster>> sources() {
        return new ArrayList<>(caches.values());
    }

    /** What there is. The group's ConfigMap never goes back, so a cache that does not have it is not believed. */
    Observed observe(SwarmCluster cluster, List<SwarmAgent> agents, KubernetesClient client) {
        var namespace = cluster.getMetadata().getNamespace();
        var names = new ClusterNames(namespace, cluster.getMetadata().getName());
        var group = own(cluster, get(ConfigMap.class, namespace, names.group()));
        if (group == null) {
            group = own(cluster, client.configMaps().inNamespace(namespace).withName(names.group()).get());
        }
        return new Observed(own(cluster, get(StatefulSet.class, namespace, names.hivemind())), group,
                own(cluster, get(Deployment.class, namespace, names.operator())), agents);
    }

    /** What the cache of that kind has, or null: also for a kind without a cache. */
    <R extends HasMetadata> @Nullable R get(Class<R> kind, String namespace, String name) {
        var cache = caches.get(kind);
        return cache == null
                ? null
                : cache.get(new ResourceID(name, namespace)).map(kind::cast).orElse(null);
    }

    /** Tells the cache what was written, so that the next reconciliation sees it before the watch does. */
    <R extends HasMetadata> void written(R object, @Nullable R before) {
        @SuppressWarnings("unchecked") // keyed by class
        var cache = (InformerEventSource<R, SwarmCluster>) caches.get(object.getClass());
        if (cache != null) {
            var id = ResourceID.fromResource(object);
            if (before == null) {
                cache.handleRecentResourceCreate(id, object);
            } else {
                cache.handleRecentResourceUpdate(id, object, before);
            }
        }
    }

    private static <R extends HasMetadata> @Nullable R own(SwarmCluster cluster, @Nullable R object) {
        return object != null && Owner.controls(cluster, object) ? object : null;
    }
}
