package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.agent.SwarmAgentStatus;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.operator.adapter.kube.Announcer;
import io.claudeflow.swarm.operator.adapter.kube.Answer;
import io.claudeflow.swarm.operator.adapter.kube.Latest;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.adapter.kube.Signals;
import io.claudeflow.swarm.operator.adapter.kube.StatusWriter;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.claudeflow.swarm.operator.identity.PodParts;
import io.claudeflow.swarm.operator.mesh.Declarations;
import io.claudeflow.swarm.operator.mesh.DrainState;
import io.claudeflow.swarm.operator.mesh.LedgerGate;
import io.claudeflow.swarm.operator.mesh.PodEnds;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.claudeflow.swarm.operator.mesh.SwarmPicture;
import io.claudeflow.swarm.operator.mesh.TaskStates;
import io.claudeflow.swarm.operator.mesh.WritePacing;
import io.claudeflow.swarm.operator.reference.ClusterFact;
import io.claudeflow.swarm.operator.reference.Resolution;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mesh operator's way from a SwarmAgent to its Pod, to the ledger and to its status. */
public final class SwarmAgentReconciler implements Reconciler<SwarmAgent> {
    private static final Duration FOREIGN_POD = Duration.ofSeconds(10);

    private final SwarmAgentParts parts;
    private final AgentBinding binding = new AgentBinding();
    private final Latest<SwarmAgent> latest = new Latest<>();
    private final StatusWriter<SwarmAgent, SwarmAgentStatus> status = new StatusWriter<>(SwarmAgent::new,
            Labels.MESH_OPERATOR, latest);
    private @Nullable AgentPods pods;

    public SwarmAgentReconciler(SwarmAgentParts parts) {
        this.parts = parts;
    }

    @Override
    public List<EventSource<?, SwarmAgent>> prepareEventSources(EventSourceContext<SwarmAgent> context) {
        var informer = new AgentPods(parts.swarm().cluster(), context, parts.podEnds()::gone);
        pods = informer;
        var primaries = context.getPrimaryCache();
        return List.of(informer, parts.view().source(context), parts.signals().source(context),
                parts.clusters().triggering(_ -> primaries.keys().collect(Collectors.toUnmodifiableSet())));
    }

    /** Every agent of this swarm that has a Pod, for the ledger. Only after start. */
    public Collection<AgentDeclaration> declarations() {
        return parts.view().list(parts.swarm().namespace()).stream().filter(this::mine).map(agent -> {
            var pod = pod(agent);
            return pod == null || pod.isMarkedForDeletion() || !Owner.controls(agent, pod)
                    ? null
                    : AgentDeclared.of(agent, pod.getMetadata().getUid());
        }).filter(Objects::nonNull).toList();
    }

    private @Nullable Pod pod(SwarmAgent agent) {
        var cache = pods;
        return cache == null ? null : cache.of(agent);
    }

    private boolean mine(SwarmAgent agent) {
        var present = parts.clusters().list(parts.swarm().namespace()).stream().map(ClusterFact::of).toList();
        return Resolution.of(binding.clusterRef(agent), binding.boundUid(agent),
                present) instanceof Resolution.Taken taken && parts.swarm().is(taken.cluster());
    }

    @Override
    public UpdateControl<SwarmAgent> reconcile(SwarmAgent cached, Context<SwarmAgent> context) {
        var uid = cached.getMetadata().getUid();
        if (context.isPrimaryResourceDeleted()) {
            latest.forget(cached);
            parts.pacing().forget(uid);
            return UpdateControl.noUpdate();
        }
        var agent = latest.of(cached);
        if (agent.isMarkedForDeletion() || !mine(agent)) {
            return UpdateControl.noUpdate();
        }
        if (parts.drain().over()) {
            return release(agent, context);
        }
        var cluster = cluster();
        if (cluster.isEmpty() || cluster.get().isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        var desired = AgentPod.desired(agent, parts.swarm(), parts.images(),
                PodParts.tracing(cluster.get().getSpec()));
        var step = PodStep.of(agent, desired, pod(agent));
        String refusal = null;
        if (step instanceof PodStep.Create create) {
            switch (create(agent, create.desired(), context.getClient())) {
                case Answer.Written<Pod> written -> step = new PodStep.Keep(written.object());
                case Answer.Unchanged<Pod> there -> step = PodStep.of(agent, desired, there.object());
                case Answer.NameTaken<Pod> _,Answer.Former<Pod> _ -> step = new PodStep.Foreign();
                case Answer.Refused<Pod> refused -> refusal = refused.words();
                case Answer.Ending<Pod> _ -> {
                    return UpdateControl.noUpdate();
                }
            }
        } else if (step instanceof PodStep.Replace replace) {
            context.getClient().resource(replace.pod()).delete();
        }
        tellLedger(agent, step);
        return report(agent, step, refusal, context);
    }

    private Optional<SwarmCluster> cluster() {
        return parts.clusters().get(parts.swarm().namespace(), parts.swarm().cluster());
    }

    private Answer<Pod> create(SwarmAgent agent, Pod desired, KubernetesClient client) {
        try {
            var made = client.resource(desired).create();
            var cache = pods;
            if (cache != null) {
                cache.made(made);
            }
            return new Answer.Written<>(made);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                return Answer.of(e);
            }
            var there = client.resource(desired).get();
            if (there == null) {
                throw e;
            }
            boolean former = there.getMetadata()
                    .getOwnerReferences()
                    .stream()
                    .anyMatch(owner -> owner.getKind().equals(agent.getKind()));
            return former ? new Answer.Unchanged<>(there) : new Answer.NameTaken<>();
        }
    }

    /** What is only ending may still hand back what it does; {@link PodEnds} tells of its end. */
    private void tellLedger(SwarmAgent agent, PodStep step) {
        if (step instanceof PodStep.Keep keep) {
            withLedger(() -> parts.declarations().one(AgentDeclared.of(agent, keep.pod().getMetadata().getUid())));
        }
    }

    /** While the ledger has not been told of the whole, nothing is said of a single agent: the whole says it. */
    private void withLedger(Runnable action) {
        if (parts.gate().open()) {
            action.run();
        }
    }

    private UpdateControl<SwarmAgent> report(SwarmAgent agent, PodStep step, @Nullable String refusal,
            Context<SwarmAgent> context) {
        var uid = agent.getMetadata().getUid();
        var seen = new AgentStatus.Seen(parts.picture().connected().contains(uid),
                parts.states().runningOn(agent.getMetadata().getName()));
        var now = AgentStatus.of(agent, parts.swarm(), step, refusal, seen, parts.clock().instant());
        var control = UpdateControl.<SwarmAgent>noUpdate();
        if (!now.equals(agent.getStatus())) {
            var wait = parts.pacing().next(uid, urgent(agent.getStatus(), now));
            if (!wait.isZero()) {
                return control.rescheduleAfter(wait.plusMillis(1));
            }
            if (agent.getStatus() == null || agent.getStatus().clusterUid() == null
                    ? status.writeOnVersion(agent, now, context)
                    : status.write(agent, now, context)) {
                announce(agent, now);
            }
        }
        return step instanceof PodStep.Foreign ? control.rescheduleAfter(FOREIGN_POD) : control;
    }

    private static boolean urgent(@Nullable SwarmAgentStatus before, SwarmAgentStatus now) {
        return before == null
                || !before.toBuilder().running(null).build().equals(now.toBuilder().running(null).build());
    }

    private void announce(SwarmAgent agent, SwarmAgentStatus now) {
        var phase = agent.getStatus() == null ? null : agent.getStatus().phase();
        if (now.phase() == phase || now.phase() == null) {
            return;
        }
        switch (now.phase()) {
            case CONNECTED -> parts.announcer().normal(agent, "Connected", "It has an open stream to the hive-mind.");
            case DISCONNECTED -> parts.announcer()
                    .warning(agent, "Disconnected",
                            "It has lost its stream to the hive-mind.");
            case FAILED -> parts.announcer()
                    .warning(agent, "Failed", now.conditions()
                            .stream()
                            .filter(condition -> condition.getType().equals("Ready"))
                            .findFirst()
                            .orElseThrow()
                            .getMessage());
            case PENDING, STARTING, DRAINING -> {
                // On the way; the status says so.
            }
        }
    }

    /** The end of the swarm: a hand-made agent stays, without a Pod and for another swarm to take. */
    private UpdateControl<SwarmAgent> release(SwarmAgent agent, Context<SwarmAgent> context) {
        if (AgentPod.counted(agent) || binding.boundUid(agent) == null) {
            return UpdateControl.noUpdate();
        }
        var pod = pod(agent);
        if (pod != null && Owner.controls(agent, pod) && !pod.isMarkedForDeletion()) {
            context.getClient().resource(pod).delete();
        }
        status.writeOnVersion(agent, binding.unbound(agent, parts.clock().instant()), context);
        return UpdateControl.noUpdate();
    }

    /** What the reconciler works with. */
    public record SwarmAgentParts(SwarmId swarm, Images images, PrimaryView<SwarmCluster> clusters,
            PrimaryView<SwarmAgent> view, Signals<SwarmAgent> signals,
            SwarmPicture picture,
            TaskStates states,
            Declarations declarations,
            LedgerGate gate, PodEnds podEnds, DrainState drain, WritePacing pacing, Announcer announcer,
            Clock clock) {}
}
