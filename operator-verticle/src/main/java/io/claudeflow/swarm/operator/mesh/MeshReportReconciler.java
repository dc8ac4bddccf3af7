package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterStatus;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.DrainSwarm;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.operator.adapter.kube.Announcer;
import io.claudeflow.swarm.operator.adapter.kube.Latest;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.adapter.kube.Signals;
import io.claudeflow.swarm.operator.adapter.kube.StatusWriter;
import io.claudeflow.swarm.operator.cluster.Drain;
import io.claudeflow.swarm.operator.identity.Labels;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mesh operator's report on its SwarmCluster, and its part in the SwarmCluster's end. */
public final class MeshReportReconciler implements Reconciler<SwarmCluster> {
    private static final Logger LOG = LoggerFactory.getLogger(MeshReportReconciler.class);
    /** Before the cluster operator's deadline what was not handed back is given up, so that tasks are still released. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final MeshReportParts parts;
    private final Orders orders;
    private final Latest<SwarmCluster> latest = new Latest<>();
    private final StatusWriter<SwarmCluster, SwarmClusterStatus> status = new StatusWriter<>(SwarmCluster::new,
            Labels.MESH_OPERATOR, latest);
    private volatile boolean drainSent;

    public MeshReportReconciler(MeshReportParts parts) {
        this.parts = parts;
        this.orders = new Orders(parts.hivemind(), parts.gate());
    }

    @Override
    public List<EventSource<?, SwarmCluster>> prepareEventSources(EventSourceContext<SwarmCluster> context) {
        var own = Set.of(new ResourceID(parts.swarm().cluster(), parts.swarm().namespace()));
        return List.of(parts.clusters().source(context), parts.signals().source(context),
                parts.agents().triggering(_ -> own), parts.tasks()
                        .triggering(_ -> parts.drain().over()
                                ? own
                                : Set.of()));
    }

    @Override
    public UpdateControl<SwarmCluster> reconcile(SwarmCluster cached, Context<SwarmCluster> context) {
        if (context.isPrimaryResourceDeleted() || !parts.swarm().is(cached)) {
            return UpdateControl.noUpdate();
        }
        var cluster = latest.of(cached);
        var control = UpdateControl.<SwarmCluster>noUpdate();
        if (cluster.isMarkedForDeletion()) {
            var left = Duration.between(parts.clock().instant(), Drain.deadline(cluster).minus(MARGIN));
            drain(left);
            if (left.isPositive()) {
                control.rescheduleAfter(left.plusMillis(1));
            }
        }
        boolean told = cluster.isMarkedForDeletion() || orders.tell(cluster);
        var wait = report(cluster, context);
        if (!told) {
            control.rescheduleAfter(AGAIN);
        } else if (!wait.isZero()) {
            control.rescheduleAfter(wait.plusMillis(1));
        }
        return control;
    }

    private void drain(Duration left) {
        if (left.isPositive() && !drainSent && parts.gate().open()) {
            try {
                parts.hivemind()
                        .ask(Outward.CLUSTER_DELETED, new DrainSwarm(left, "the SwarmCluster was deleted"),
                                TraceContext.ofUid(parts.swarm().clusterUid()));
                drainSent = true;
            } catch (SwarmException e) {
                LOG.atWarn().setCause(e).log("the hive-mind does not take the order to drain");
            }
        }
        boolean drained = parts.picture()
                .state()
                .map(state -> state.drain() == SwarmState.Drain.DRAINED)
                .orElse(false);
        if (drained || !left.isPositive()) {
            parts.drain().end();
        }
    }

    private Duration report(SwarmCluster cluster, Context<SwarmCluster> context) {
        var namespace = parts.swarm().namespace();
        var seen = new MeshReport.Seen(parts.picture().state(), parts.picture().fresh(), parts.picture().connected(),
                parts.drain().over() && released(namespace));
        var now = MeshReport.of(cluster, seen, parts.agents().list(namespace), parts.swarm(), parts.clock().instant());
        var before = MeshReport.ownPart(cluster.getStatus());
        if (now.equals(before)) {
            return Duration.ZERO;
        }
        var wait = parts.pacing().next(parts.swarm().clusterUid(), MeshReport.transition(before, now));
        if (wait.isZero() && status.write(cluster, now, context)) {
            announce(cluster, before, now);
        }
        return wait;
    }

    private boolean released(String namespace) {
        return parts.tasks().list(namespace).stream().noneMatch(task -> {
            var its = task.getStatus();
            return its != null && parts.swarm().clusterUid().equals(its.clusterUid())
                    && (its.phase() == null || !its.phase().terminal());
        });
    }

    private void announce(SwarmCluster cluster, SwarmClusterStatus before, SwarmClusterStatus now) {
        var was = before.mesh() == null ? null : before.mesh().leader();
        var is = now.mesh() == null ? null : now.mesh().leader();
        if (!Objects.equals(was, is)) {
            if (is == null) {
                parts.announcer().warning(cluster, "LeaderLost", "The hive-mind has no leader.");
            } else {
                parts.announcer().normal(cluster, "LeaderChanged", is + " leads the hive-mind.");
            }
        }
        var queen = now.mesh() == null ? null : now.mesh().queen();
        if (queen != null && before.mesh() != null && !queen.equals(before.mesh().queen())) {
            parts.announcer().normal(cluster, "QueenChanged", queen + " is queen.");
        }
    }

    /** What the reconciler works with. */
    public record MeshReportParts(SwarmId swarm, PrimaryView<SwarmCluster> clusters, PrimaryView<SwarmAgent> agents,
            PrimaryView<SwarmTask> tasks, Signals<SwarmCluster> signals, Hivemind hivemind, SwarmPicture picture,
            LedgerGate gate, DrainState drain, WritePacing pacing, Announcer announcer, Clock clock) {}
}
