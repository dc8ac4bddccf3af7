package io.claudeflow.swarm.operator.memory;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmMemory;
import io.claudeflow.swarm.api.v1alpha1.memory.SwarmMemoryStatus;
import io.claudeflow.swarm.operator.adapter.kube.Latest;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.adapter.kube.Signals;
import io.claudeflow.swarm.operator.adapter.kube.StatusWriter;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Conditions;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.mesh.DrainState;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.claudeflow.swarm.operator.reference.ClusterFact;
import io.claudeflow.swarm.operator.reference.Resolution;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The mesh operator's answer to a SwarmMemory: it is this swarm's, and this release stores it nowhere. */
public final class SwarmMemoryReconciler implements Reconciler<SwarmMemory> {
    private final SwarmId swarm;
    private final PrimaryView<SwarmCluster> clusters;
    private final Signals<SwarmMemory> signals;
    private final DrainState drain;
    private final Clock clock;
    private final MemoryBinding binding = new MemoryBinding();
    private final Latest<SwarmMemory> latest = new Latest<>();
    private final StatusWriter<SwarmMemory, SwarmMemoryStatus> status = new StatusWriter<>(SwarmMemory::new,
            Labels.MESH_OPERATOR, latest);

    public SwarmMemoryReconciler(SwarmId swarm, PrimaryView<SwarmCluster> clusters, Signals<SwarmMemory> signals,
            DrainState drain, Clock clock) {
        this.swarm = swarm;
        this.clusters = clusters;
        this.signals = signals;
        this.drain = drain;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, SwarmMemory>> prepareEventSources(EventSourceContext<SwarmMemory> context) {
        var primaries = context.getPrimaryCache();
        return List.of(signals.source(context),
                clusters.triggering(_ -> primaries.keys().collect(Collectors.toUnmodifiableSet())));
    }

    @Override
    public UpdateControl<SwarmMemory> reconcile(SwarmMemory cached, Context<SwarmMemory> context) {
        if (context.isPrimaryResourceDeleted() || cached.isMarkedForDeletion()) {
            latest.forget(cached);
            return UpdateControl.noUpdate();
        }
        var memory = latest.of(cached);
        var present = clusters.list(swarm.namespace()).stream().map(ClusterFact::of).toList();
        var resolution = Resolution.of(binding.clusterRef(memory), binding.boundUid(memory), present);
        if (!(resolution instanceof Resolution.Taken taken) || !swarm.is(taken.cluster())) {
            return UpdateControl.noUpdate();
        }
        if (drain.over() && binding.boundUid(memory) != null) {
            status.writeOnVersion(memory, binding.unbound(memory, clock.instant()), context);
        } else if (!taken.cluster().ending()) {
            var desired = desired(memory, swarm, clock.instant());
            if (!desired.equals(memory.getStatus())) {
                status.writeOnVersion(memory, desired, context);
            }
        }
        return UpdateControl.noUpdate();
    }

    /** What the status is to say. Pure. */
    static SwarmMemoryStatus desired(SwarmMemory memory, SwarmId swarm, Instant now) {
        long generation = memory.getMetadata().getGeneration();
        var facts = List.of(Resolution.resolved(swarm.cluster()),
                Fact.no(Catalogue.READY, Catalogue.NOT_AVAILABLE,
                        "This release has no shared memory; the entry is stored nowhere."));
        var before = memory.getStatus() == null ? SwarmMemoryStatus.builder().build() : memory.getStatus();
        return SwarmMemoryStatus.builder()
                .clusterUid(swarm.clusterUid())
                .observedGeneration(generation)
                .conditions(Conditions.of(facts, before.conditions(), generation, now))
                .build();
    }
}
