package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskStatus.Phase;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.Span;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.kit.trace.Tracer;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.CancelTask;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SubmitTask;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.UpdateTask;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.operator.adapter.kube.Announcer;
import io.claudeflow.swarm.operator.adapter.kube.Latest;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.adapter.kube.Signals;
import io.claudeflow.swarm.operator.adapter.kube.StatusWriter;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Fact;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.job.JobImage;
import io.claudeflow.swarm.operator.job.JobNames;
import io.claudeflow.swarm.operator.job.TaskJobs;
import io.claudeflow.swarm.operator.mesh.Acknowledgements;
import io.claudeflow.swarm.operator.mesh.DrainState;
import io.claudeflow.swarm.operator.mesh.Hivemind;
import io.claudeflow.swarm.operator.mesh.LedgerGate;
import io.claudeflow.swarm.operator.mesh.Outward;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.claudeflow.swarm.operator.mesh.TaskStates;
import io.claudeflow.swarm.operator.mesh.WritePacing;
import io.claudeflow.swarm.operator.reference.ClusterFact;
import io.claudeflow.swarm.operator.reference.Resolution;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mesh operator's way from a SwarmTask to the ledger, and from the ledger to its status. */
public final class SwarmTaskReconciler implements Reconciler<SwarmTask> {
    /** Between two looks whether a full volume has room again. */
    private static final Duration ROOM = Duration.ofSeconds(5);
    /** Between two tries to make a Job that could not be made. */
    private static final Duration HINDERED = Duration.ofSeconds(5);
    /** Within that time the tail has brought a task that the ledger knew. */
    private static final Duration TAIL_LAG = Duration.ofSeconds(1);

    private final SwarmTaskParts parts;
    private final TaskBinding binding = new TaskBinding();
    private final TaskNews news;
    private final Latest<SwarmTask> latest = new Latest<>();
    private final StatusWriter<SwarmTask, SwarmTaskStatus> status = new StatusWriter<>(SwarmTask::new,
            Labels.MESH_OPERATOR, latest);
    /** What was sent for each task, so that it is sent once by this process. */
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();

    public SwarmTaskReconciler(SwarmTaskParts parts) {
        this.parts = parts;
        this.news = new TaskNews(parts.announcer());
    }

    @Override
    public List<EventSource<?, SwarmTask>> prepareEventSources(EventSourceContext<SwarmTask> context) {
        var primaries = context.getPrimaryCache();
        var sources = new ArrayList<EventSource<?, SwarmTask>>(parts.jobs().sources(context));
        sources.add(parts.view().source(context));
        sources.add(parts.signals().source(context));
        sources.add(parts.clusters().triggering(_ -> primaries.keys().collect(Collectors.toUnmodifiableSet())));
        return sources;
    }

    @Override
    public UpdateControl<SwarmTask> reconcile(SwarmTask cached, Context<SwarmTask> context) {
        if (context.isPrimaryResourceDeleted() || cached.isMarkedForDeletion()) {
            latest.forget(cached);
            return deleted(cached);
        }
        var task = latest.of(cached);
        var state = parts.states().get(task.getMetadata().getUid()).orElse(null);
        if (binding.ended(task)) {
            return ended(task, state, context);
        }
        var cluster = mine(task);
        if (cluster.isEmpty()) {
            return UpdateControl.noUpdate();
        }
        if (cluster.get().isMarkedForDeletion() && (state == null || !state.phase().terminal())) {
            return ending(task, context);
        }
        return state == null ? unknown(task, cluster.get(), context) : known(task, state, cluster.get(), context);
    }

    /** The ledger may have lost what it was told: everything that has not ended is sent again, under the same keys. */
    public void resubmit() {
        sent.clear();
    }

    private Optional<SwarmCluster> mine(SwarmTask task) {
        var all = parts.clusters().list(parts.swarm().namespace());
        var resolution = Resolution.of(binding.clusterRef(task), binding.boundUid(task),
                all.stream().map(ClusterFact::of).toList());
        boolean mine = resolution instanceof Resolution.Taken taken && parts.swarm().is(taken.cluster())
                || sent(task).submitted;
        return mine ? all.stream().filter(parts.swarm()::is).findFirst() : Optional.empty();
    }

    private Sent sent(SwarmTask task) {
        return sent.getOrDefault(task.getMetadata().getUid(), Sent.NOTHING);
    }

    private void forget(String uid) {
        sent.remove(uid);
        news.forget(uid);
        parts.pacing().forget(uid);
        parts.jobs().forget(uid);
    }

    private UpdateControl<SwarmTask> deleted(SwarmTask task) {
        var uid = task.getMetadata().getUid();
        boolean concerned = sent(task).submitted || parts.states().get(uid).isPresent()
                || parts.swarm().clusterUid().equals(binding.boundUid(task));
        if (concerned) {
            // Also while the gate is shut: the list that sweeps may have been read before.
            parts.hivemind()
                    .ask(Outward.TASK_DELETED, new CancelTask(uid, "the SwarmTask was deleted"),
                            TraceContext.ofUid(uid));
            parts.states().orphaned(uid);
        }
        forget(uid);
        return UpdateControl.noUpdate();
    }

    /** A final status is never changed and never resubmitted; the ledger may forget the task. */
    private UpdateControl<SwarmTask> ended(SwarmTask task, @Nullable TaskState state, Context<SwarmTask> context) {
        if (state != null && state.phase().terminal()) {
            parts.acknowledgements().add(state.taskUid(), state.seq());
        }
        forget(task.getMetadata().getUid());
        var finished = task.getStatus().finishedAt();
        if (finished == null) {
            return UpdateControl.noUpdate();
        }
        var ended = Instant.parse(finished);
        var now = parts.clock().instant();
        var again = parts.jobs().tidy(task, ended, now, context.getClient());
        var seconds = task.getSpec().ttlSecondsAfterFinished();
        if (seconds == null) {
            var control = UpdateControl.<SwarmTask>noUpdate();
            return again.map(control::rescheduleAfter).orElse(control);
        }
        var left = Duration.between(now, ended.plusSeconds(seconds));
        if (left.isPositive()) {
            var next = again.filter(wait -> wait.compareTo(left) < 0).orElse(left.plusMillis(1));
            return UpdateControl.<SwarmTask>noUpdate().rescheduleAfter(next);
        }
        context.getClient().resource(task).delete();
        return UpdateControl.noUpdate();
    }

    private UpdateControl<SwarmTask> ending(SwarmTask task, Context<SwarmTask> context) {
        if (parts.drain().over() && binding.boundUid(task) != null) {
            status.writeOnVersion(task, binding.unbound(task, parts.clock().instant()), context);
            forget(task.getMetadata().getUid());
        }
        return UpdateControl.noUpdate();
    }

    /** Not in the ledger, as far as the tail has read. */
    private UpdateControl<SwarmTask> unknown(SwarmTask task, SwarmCluster cluster, Context<SwarmTask> context) {
        if (sent(task).submitted) {
            return UpdateControl.noUpdate();
        }
        if (Resolved.cancelled(task.getSpec())) {
            return cancelledEarly(task, context);
        }
        var refusal = Refusal.of(task.getSpec());
        if (refusal.isPresent()) {
            return hold(task, Phase.PENDING, refusal.get(), context);
        }
        if (Resolved.suspended(task.getSpec())) {
            return hold(task, Phase.SUSPENDED,
                    Fact.no(Catalogue.ACCEPTED, Catalogue.WAITING, "spec.suspend is true; it is not submitted."),
                    context);
        }
        if (parts.gate().open()) {
            return submit(task, cluster, context);
        }
        return UpdateControl.noUpdate();
    }

    private TaskSpec resolved(SwarmTask task, SwarmCluster cluster) {
        return Resolved.of(task, cluster, parts.images(),
                name -> parts.agents().get(parts.swarm().namespace(), name).isPresent());
    }

    private UpdateControl<SwarmTask> submit(SwarmTask task, SwarmCluster cluster, Context<SwarmTask> context) {
        var meta = task.getMetadata();
        var spec = resolved(task, cluster);
        var span = span("submit task", task);
        var trace = span.context();
        try {
            parts.hivemind()
                    .ask(Outward.TASK_APPLIED, new SubmitTask(meta.getUid(), TaskOrigin.KUBERNETES,
                            meta.getNamespace(), meta.getName(), submitter(meta), meta.getGeneration(), spec,
                            trace.header()), trace);
            span.end();
        } catch (SwarmException e) {
            span.fail(String.valueOf(e.getMessage()));
            if (e.code().equals(ErrorCode.EXHAUSTED)) {
                return hold(task, Phase.PENDING, Fact.no(Catalogue.ACCEPTED, Catalogue.EXHAUSTED, e.getMessage()),
                        context).rescheduleAfter(ROOM);
            }
            if (e.code().blame() != ErrorCode.Blame.USER) {
                throw e;
            }
            return hold(task, Phase.PENDING, Fact.no(Catalogue.ACCEPTED, Catalogue.INVALID, e.getMessage()), context);
        }
        sent.put(meta.getUid(), new Sent(true, null, meta.getGeneration()));
        return UpdateControl.noUpdate();
    }

    private Span span(String name, SwarmTask task) {
        var meta = task.getMetadata();
        return parts.tracer()
                .start(name, TraceContext.ofUid(meta.getUid()),
                        Map.of("swarm.task", meta.getName(), "swarm.namespace", meta.getNamespace()));
    }

    /** An earlier mesh operator may have submitted it: the ledger is asked to cancel, and the tail says what came of it. */
    private UpdateControl<SwarmTask> cancelledEarly(SwarmTask task, Context<SwarmTask> context) {
        if (!parts.gate().open()) {
            return UpdateControl.noUpdate();
        }
        var asked = sent(task).cancelledAt;
        if (asked == null) {
            askToCancel(task);
            return UpdateControl.<SwarmTask>noUpdate().rescheduleAfter(TAIL_LAG);
        }
        var left = Duration.between(parts.clock().instant(), asked.plus(TAIL_LAG));
        if (left.isPositive()) {
            return UpdateControl.<SwarmTask>noUpdate().rescheduleAfter(left.plusMillis(1));
        }
        status.writeOnVersion(task, TaskStatus.cancelled(task, parts.swarm(), parts.clock().instant()), context);
        return UpdateControl.noUpdate();
    }

    /** No account of a client of the hive-mind begins so. */
    private static String submitter(ObjectMeta meta) {
        var named = meta.getLabels() == null ? null : meta.getLabels().get(Labels.SUBMITTER);
        return named == null || named.isEmpty() ? "" : "swarmtasks/" + named;
    }

    private UpdateControl<SwarmTask> hold(SwarmTask task, Phase phase, Fact accepted, Context<SwarmTask> context) {
        var now = TaskStatus.held(task, parts.swarm(), phase, accepted, parts.clock().instant());
        if (!now.equals(task.getStatus()) && status.writeOnVersion(task, now, context)
                && !accepted.reason().equals(Catalogue.WAITING)) {
            parts.announcer().warning(task, accepted.reason(), accepted.message());
        }
        return UpdateControl.noUpdate();
    }

    private UpdateControl<SwarmTask> known(SwarmTask task, TaskState state, SwarmCluster cluster,
            Context<SwarmTask> context) {
        cancel(task, state);
        update(task, state);
        boolean jobs = JobImage.place(task.getSpec(), cluster.getSpec().executor(), parts.images()).job();
        var hindrance = jobs
                ? parts.jobs().reconcile(task, state, resolved(task, cluster), cluster, context.getClient())
                : Optional.<String>empty();
        var job = jobs ? jobName(task, state) : null;
        var plain = TaskStatus.of(task, parts.swarm(), state, job, parts.clock().instant());
        var now = hindrance.isEmpty() ? plain : plain.toBuilder().message(hindrance.get()).build();
        var control = write(task, state, now, context);
        return hindrance.isEmpty() ? control : control.rescheduleAfter(HINDERED);
    }

    /** The Job of the present attempt, else of the last one; of subtasks it is the last one that was written down. */
    private static @Nullable String jobName(SwarmTask task, TaskState state) {
        if (!state.jobs().isEmpty()) {
            return JobNames.job(task.getMetadata().getName(), state.jobs().getLast().step());
        }
        if (!state.subtasks().isEmpty()) {
            return task.getStatus() == null ? null : task.getStatus().jobName();
        }
        return state.attempts() == 0
                ? null
                : JobNames.job(task.getMetadata().getName(), new StepKey(state.taskUid(), "", state.attempts()));
    }

    private UpdateControl<SwarmTask> write(SwarmTask task, TaskState state, SwarmTaskStatus now,
            Context<SwarmTask> context) {
        if (now.equals(task.getStatus())) {
            return UpdateControl.noUpdate();
        }
        var wait = parts.pacing().next(state.taskUid(), state.phase().terminal());
        if (!wait.isZero()) {
            return UpdateControl.<SwarmTask>noUpdate().rescheduleAfter(wait.plusMillis(1));
        }
        var span = span("write status", task);
        boolean written = binding.boundUid(task) == null
                ? status.writeOnVersion(task, now, context)
                : status.write(task, now, context);
        span.end();
        if (written) {
            news.tell(task, state);
            if (state.phase().terminal()) {
                parts.acknowledgements().add(state.taskUid(), state.seq());
            }
        }
        return UpdateControl.noUpdate();
    }

    private void cancel(SwarmTask task, TaskState state) {
        if (Resolved.cancelled(task.getSpec()) && !state.phase().terminal() && sent(task).cancelledAt == null
                && parts.gate().open()) {
            askToCancel(task);
        }
    }

    private void askToCancel(SwarmTask task) {
        var uid = task.getMetadata().getUid();
        parts.hivemind()
                .ask(Outward.TASK_CANCELLED, new CancelTask(uid, "spec.cancel is true"), TraceContext.ofUid(uid));
        sent.put(uid, sent(task).cancelled(parts.clock().instant()));
    }

    /** Suspension and priority may change while it has not ended. */
    private void update(SwarmTask task, TaskState state) {
        long generation = task.getMetadata().getGeneration();
        var before = sent(task);
        if (generation > Math.max(state.generation(), before.generation) && !state.phase().terminal()
                && !Resolved.cancelled(task.getSpec()) && parts.gate().open()) {
            var spec = task.getSpec();
            parts.hivemind()
                    .ask(Outward.TASK_CHANGED, new UpdateTask(state.taskUid(), generation, Resolved.suspended(spec),
                            Resolved.priority(spec.priority())), TraceContext.ofUid(state.taskUid()));
            sent.put(state.taskUid(), before.updated(generation));
        }
    }

    private record Sent(boolean submitted, @Nullable Instant cancelledAt, long generation) {
        static final Sent NOTHING = new Sent(false, null, 0);

        Sent cancelled(Instant at) {
            return new Sent(submitted, at, generation);
        }

        Sent updated(long next) {
            return new Sent(submitted, cancelledAt, next);
        }
    }

    /** What the reconciler works with. */
    public record SwarmTaskParts(SwarmId swarm, Images images, TaskJobs jobs, PrimaryView<SwarmCluster> clusters,
            PrimaryView<SwarmAgent> agents,
            PrimaryView<SwarmTask> view, Signals<SwarmTask> signals, Hivemind hivemind, TaskStates states,
            Acknowledgements acknowledgements, LedgerGate gate, DrainState drain, WritePacing pacing,
            Announcer announcer, Tracer tracer, Clock clock) {}
}
