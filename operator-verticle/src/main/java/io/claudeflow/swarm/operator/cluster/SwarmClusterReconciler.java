package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus;
import io.claudeflow.swarm.operator.adapter.kube.Announcer;
import io.claudeflow.swarm.operator.adapter.kube.Latest;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.adapter.kube.Settled;
import io.claudeflow.swarm.operator.adapter.kube.StatusWriter;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster operator's way from a SwarmCluster to objects and status. */
public final class SwarmClusterReconciler implements Reconciler<SwarmCluster> {
    /** Holds a SwarmCluster until its running work is handed back, or its time is over. */
    public static final String FINALIZER = "swarm.claudeflow.io/drain";

    private static final Logger LOG = LoggerFactory.getLogger(SwarmClusterReconciler.class);

    /** Between two looks whether what an earlier cluster of the same name left is gone; of Secrets nobody hears. */
    private static final Duration FORMER = Duration.ofMillis(500);

    private final Images images;
    private final int meshReplicas;
    private final String ownNamespace;
    private final PrimaryView<SwarmCluster> clusters;
    private final PrimaryView<SwarmAgent> agents;
    private final Announcer announcer;
    private final Clock clock;
    private final Settled settled = new Settled();
    private final FormerVolumes volumes = new FormerVolumes();
    private final Latest<SwarmCluster> latest = new Latest<>();
    private final StatusWriter<SwarmCluster, SwarmClusterStatus> status = new StatusWriter<>(SwarmCluster::new,
            Labels.CLUSTER_OPERATOR, latest);
    /** UIDs of agents that were asked to go and that the cache still has. */
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private @Nullable ClusterCaches caches;

    /**
     * A reconciler.
     *
     * @param ownNamespace where the operator runs: a SwarmCluster there gets no finalizer, since nobody would be left to
     *                     remove it when the namespace is deleted
     */
    public SwarmClusterReconciler(Images images, int meshReplicas, String ownNamespace,
            PrimaryView<SwarmCluster> clusters, PrimaryView<SwarmAgent> agents, Announcer announcer, Clock clock) {
        this.images = images;
        this.meshReplicas = meshReplicas;
        this.ownNamespace = ownNamespace;
        this.clusters = clusters;
        this.agents = agents;
        this.announcer = announcer;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, SwarmCluster>> prepareEventSources(EventSourceContext<SwarmCluster> context) {
        var made = new ClusterCaches(context);
        caches = made;
        var sources = made.sources();
        sources.add(clusters.source(context));
        sources.add(agents.triggering(SwarmClusterReconciler::clusterOf));
        return sources;
    }

    private static Set<ResourceID> clusterOf(SwarmAgent agent) {
        var namespace = agent.getMetadata().getNamespace();
        var names = agent.getMetadata()
                .getOwnerReferences()
                .stream()
                .filter(owner -> owner.getKind().equals("SwarmCluster"))
                .map(OwnerReference::getName)
                .collect(Collectors.toSet());
        var named = agent.getSpec().clusterRef();
        if (named != null) {
            names.add(named);
        }
        return names.stream().map(name -> new ResourceID(name, namespace)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public UpdateControl<SwarmCluster> reconcile(SwarmCluster cached, Context<SwarmCluster> context) {
        var cache = caches;
        if (cache == null || context.isPrimaryResourceDeleted()) {
            latest.forget(cached);
            settled.forget(cached);
            volumes.forget(cached);
            return UpdateControl.noUpdate();
        }
        var cluster = latest.of(cached);
        var observed = observe(cluster, cache, context);
        if (cluster.isMarkedForDeletion()) {
            return drain(cluster, observed, context);
        }
        var held = hold(cluster, context);
        var objects = ClusterObjects.desired(held, observed, images, meshReplicas);
        var bringing = new Bringing(held, cache, agents, settled, context);
        if (!bringing.bring(objects)) {
            return UpdateControl.noUpdate();
        }
        dismiss(held, objects, bringing.agentsMade(), context);
        writeReplicas(held, objects, context);
        var after = observe(held, cache, context);
        volumes.delete(held, after, context.getClient());
        writeStatus(held, after, objects, bringing.hindrances(), context);
        boolean former = bringing.hindrances().stream().anyMatch(Hindrance.Former.class::isInstance);
        return former ? UpdateControl.<SwarmCluster>noUpdate().rescheduleAfter(FORMER) : UpdateControl.noUpdate();
    }

    private Observed observe(SwarmCluster cluster, ClusterCaches cache, Context<SwarmCluster> context) {
        var all = agents.list(cluster.getMetadata().getNamespace());
        return cache.observe(cluster, all.stream()
                .filter(agent -> !leaving.contains(agent.getMetadata().getUid()))
                .toList(), context.getClient());
    }

    private SwarmCluster hold(SwarmCluster cluster, Context<SwarmCluster> context) {
        if (cluster.getMetadata().getNamespace().equals(ownNamespace) || cluster.hasFinalizer(FINALIZER)) {
            return cluster;
        }
        var held = PrimaryUpdateAndCacheUtils.addFinalizerWithSSA(context.getClient(), cluster, FINALIZER,
                Labels.CLUSTER_OPERATOR);
        latest.remember(held);
        return held;
    }

    /** Removes agents that are too many. */
    private void dismiss(SwarmCluster cluster, ClusterObjects objects, int made, Context<SwarmCluster> context) {
        var namespace = cluster.getMetadata().getNamespace();
        objects.agentsToGo().forEach(name -> agents.get(namespace, name).ifPresent(agent -> {
            leaving.add(agent.getMetadata().getUid());
            context.getClient().resource(agent).delete();
        }));
        leaving.retainAll(agents.list()
                .stream()
                .map(agent -> agent.getMetadata().getUid())
                .collect(Collectors.toUnmodifiableSet()));
        if (made > 0 || !objects.agentsToGo().isEmpty()) {
            announcer.normal(cluster, "Scaled", made + " agents were made and " + objects.agentsToGo().size()
                    + " removed; " + objects.agentsWanted() + " are wanted.");
        }
    }

    /** Once, while nobody has said a number; on that version of the object, so that a person's number is not overwritten. */
    private static void writeReplicas(SwarmCluster cluster, ClusterObjects objects, Context<SwarmCluster> context) {
        if (cluster.getSpec().replicas() == null) {
            Scale.write(context.getClient(), cluster, objects.agentsWanted());
        }
    }

    private void writeStatus(SwarmCluster cluster, Observed observed, ClusterObjects objects,
            List<Hindrance> hindrances, Context<SwarmCluster> context) {
        var before = cluster.getStatus() == null ? SwarmClusterStatus.builder().build() : cluster.getStatus();
        var now = ClusterStatus.of(cluster, observed, objects, hindrances, clock.instant());
        if (!now.equals(ClusterStatus.ownPart(before)) && status.write(cluster, now, context)) {
            announce(cluster, before, now);
        }
    }

    private void announce(SwarmCluster cluster, SwarmClusterStatus before, SwarmClusterStatus now) {
        var ready = Conditions.find(now.conditions(), Catalogue.READY).orElseThrow();
        var was = Conditions.find(before.conditions(), Catalogue.READY).orElse(null);
        boolean readyBefore = was != null && was.getStatus().equals("True");
        boolean readyNow = ready.getStatus().equals("True");
        if (readyNow && !readyBefore) {
            announcer.normal(cluster, "Ready", ready.getMessage());
        } else if (readyBefore && !readyNow) {
            announcer.warning(cluster, ready.getReason(), ready.getMessage());
        } else if (Conditions.holds(now.conditions(), Catalogue.DEGRADED)
                && !Conditions.holds(before.conditions(), Catalogue.DEGRADED)) {
            var degraded = Conditions.find(now.conditions(), Catalogue.DEGRADED).orElseThrow();
            announcer.warning(cluster, degraded.getReason(), degraded.getMessage());
        }
        announceMembers(cluster, before, now);
        var lacking = now.conditions()
                .stream()
                .filter(condition -> condition.getReason()
                        .equals(
                                Catalogue.NOT_AVAILABLE)
                        && Conditions.find(before.conditions(), condition.getType()).isEmpty())
                .map(Condition::getType)
                .toList();
        if (!lacking.isEmpty()) {
            announcer.warning(cluster, Catalogue.NOT_AVAILABLE, "This release does not have all that the spec asks for;"
                    + " see the conditions " + String.join(", ", lacking) + ".");
        }
    }

    private void announceMembers(SwarmCluster cluster, SwarmClusterStatus before, SwarmClusterStatus now) {
        var was = Conditions.find(before.conditions(), Catalogue.MEMBERSHIP_READY).orElse(null);
        var is = Conditions.find(now.conditions(), Catalogue.MEMBERSHIP_READY).orElse(null);
        if (was != null && is != null && !is.getStatus().equals("Unknown")
                && !was.getMessage().equals(is.getMessage())) {
            announcer.normal(cluster, "MembersChanged", is.getMessage());
        }
    }

    private UpdateControl<SwarmCluster> drain(SwarmCluster cluster, Observed observed,
            Context<SwarmCluster> context) {
        if (!cluster.hasFinalizer(FINALIZER)) {
            return UpdateControl.noUpdate();
        }
        return switch (Drain.of(cluster, observed, clock.instant())) {
            case Drain.Over over -> {
                LOG.atInfo()
                        .addKeyValue("cluster", cluster.getMetadata().getName())
                        .addKeyValue("why", over.why())
                        .log("swarm cluster released");
                release(cluster, context);
                yield UpdateControl.noUpdate();
            }
            case Drain.Wait wait -> {
                var objects = ClusterObjects.desired(cluster, observed, images, meshReplicas);
                writeStatus(cluster, observed, objects, List.of(), context);
                yield UpdateControl.<SwarmCluster>noUpdate().rescheduleAfter(wait.longest().plus(Duration.ofMillis(1)));
            }
        };
    }

    private static void release(SwarmCluster cluster, Context<SwarmCluster> context) {
        try {
            PrimaryUpdateAndCacheUtils.removeFinalizer(context.getClient(), cluster, FINALIZER);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
