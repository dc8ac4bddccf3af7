package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.JobReport;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.operator.adapter.kube.Announcer;
import io.claudeflow.swarm.operator.adapter.kube.Answer;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.claudeflow.swarm.operator.mesh.Declarations;
import io.claudeflow.swarm.operator.mesh.Hivemind;
import io.claudeflow.swarm.operator.mesh.LedgerGate;
import io.claudeflow.swarm.operator.mesh.Outward;
import io.claudeflow.swarm.operator.mesh.PodEnds;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the Jobs that the ledger wants, takes away those that it does not, and tells it what becomes of them. */
public final class TaskJobs {
    private static final int PRIORITY = 50;
    /** How long a pod may take to end by itself once its task has. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TaskJobsParts parts;
    private final Map<String, Set<JobStep.Report>> reported = new ConcurrentHashMap<>();
    private @Nullable JobCaches caches;

    public TaskJobs(TaskJobsParts parts) {
        this.parts = parts;
    }

    /** The informers that reconciliations of SwarmTasks follow from. */
    public List<InformerEventSource<?, SwarmTask>> sources(EventSourceContext<SwarmTask> context) {
        var made = new JobCaches(parts.swarm().cluster(), context, parts.ends());
        caches = made;
        return made.sources();
    }

    /** Every Job's pod that may take its step, for the ledger. Only after start. */
    public Collection<AgentDeclaration> declarations() {
        var known = caches;
        return known == null
                ? List.of()
                : known.allPods()
                        .filter(pod -> !pod.isMarkedForDeletion() && pod.getSpec().getServiceAccountName() != null
                                && !JobPlan.phase(pod).equals("Failed"))
                        .map(pod -> declared(pod, JobPlan.step(pod)))
                        .toList();
    }

    /**
     * Does what the state of a task that runs as Jobs asks for.
     *
     * @return why its Job cannot be made, or empty
     */
    public Optional<String> reconcile(SwarmTask task, TaskState state, TaskSpec spec, SwarmCluster cluster,
            KubernetesClient client) {
        var known = caches;
        if (known == null) {
            return Optional.empty();
        }
        String hindrance = null;
        boolean foreign = spec.place() == StepPlace.FOREIGN_JOB;
        for (var step : JobPlan.of(state, foreign, known.jobs(task), known.pods(task))) {
            switch (step) {
                case JobStep.Create(var key) -> {
                    var refused = create(task, spec, key, cluster, client, known);
                    hindrance = refused == null ? hindrance : refused;
                }
                case JobStep.Delete(var job) -> remove(job, client);
                case JobStep.Declare(var pod, var key) -> {
                    if (parts.gate().open()) {
                        parts.declarations().one(declared(pod, key));
                    }
                }
                case JobStep.Report report -> tell(report);
            }
        }
        return Optional.ofNullable(hindrance);
    }

    /**
     * Takes away what a task that has ended leaves behind; its last Job stays with its log.
     *
     * @return when to look again, because a pod has not ended by itself yet; empty: no need
     */
    public Optional<Duration> tidy(SwarmTask task, Instant finished, Instant now, KubernetesClient client) {
        var known = caches;
        if (known == null) {
            return Optional.empty();
        }
        var jobs = known.jobs(task);
        var pods = known.pods(task);
        var left = Duration.between(now, finished.plus(PATIENCE));
        JobPlan.leftovers(!left.isPositive(), jobs, pods).forEach(job -> remove(job, client));
        boolean waits = left.isPositive() && pods.stream().anyMatch(pod -> !JobPlan.ended(pod));
        return waits ? Optional.of(left.plusMillis(1)) : Optional.empty();
    }

    /** The Job goes with its pods, and is gone only when they are. */
    private static void remove(Job job, KubernetesClient client) {
        client.resource(job).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    }

    /** The claims of a task's Jobs, then the Job of that attempt. */
    public static List<HasMetadata> desired(SwarmTask task, TaskSpec spec, StepKey step, SwarmCluster cluster,
            SwarmId swarm, Images images) {
        var objects = new ArrayList<HasMetadata>(
                TaskClaims.desired(task, swarm.cluster(), cluster.getSpec().executor()));
        objects.add(TaskJob.desired(task, spec.at(step.path()), step, cluster.getSpec(), swarm, images));
        return objects;
    }

    /** The task is over, or gone. */
    public void forget(String taskUid) {
        reported.remove(taskUid);
    }

    private void tell(JobStep.Report report) {
        var uid = report.step().taskUid();
        var told = reported.computeIfAbsent(uid, _ -> ConcurrentHashMap.newKeySet());
        if (parts.gate().open() && !told.contains(report)) {
            parts.hivemind()
                    .ask(Outward.JOB_SEEN, new JobReport(report.step(), report.podUid(), report.phase(),
                            report.exitCode(), report.reason(), report.message()), TraceContext.ofUid(uid));
            told.add(report);
        }
    }

    /** A Job's pod as the ledger knows it: an agent for one step, named as the pod. */
    private static AgentDeclaration declared(Pod pod, StepKey step) {
        var meta = pod.getMetadata();
        return new AgentDeclaration(meta.getUid(), meta.getName(), meta.getUid(), Labels.JOB, PRIORITY, List.of(),
                List.of(), Map.of(), 1, false, 1, step);
    }

    private @Nullable String create(SwarmTask task, TaskSpec spec, StepKey step, SwarmCluster cluster,
            KubernetesClient client, JobCaches known) {
        for (var object : desired(task, spec, step, cluster, parts.swarm(), parts.images())) {
            var refused = object instanceof Job job
                    ? create(job, task, client, known)
                    : create(object, task, client);
            if (refused != null) {
                return refused;
            }
        }
        return null;
    }

    private @Nullable String create(Job job, SwarmTask task, KubernetesClient client, JobCaches known) {
        try {
            known.made(task, client.resource(job).create());
            parts.announcer().normal(task, "JobCreated", "made Job " + job.getMetadata().getName());
            return null;
        } catch (KubernetesClientException e) {
            return refusal(job, task, e, client);
        }
    }

    /** One that is there stays as it is: a claim can hardly change. Somebody else's is not mounted. */
    private static @Nullable String create(HasMetadata claim, SwarmTask task, KubernetesClient client) {
        var there = client.resource(claim).get();
        if (there != null) {
            boolean owned = !claim.getMetadata().getOwnerReferences().isEmpty();
            var labels = there.getMetadata().getLabels();
            boolean ours = owned
                    ? Owner.controls(task, there)
                    : labels != null && Labels.MESH_OPERATOR.equals(labels.get(Labels.MANAGED_BY));
            return ours ? null : foreign(claim);
        }
        try {
            client.resource(claim).create();
            return null;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_CONFLICT ? null : refusal(claim, task, e, client);
        }
    }

    private static String foreign(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName()
                + " belongs to somebody else, or to a former task that is still going away, and is not touched";
    }

    private static @Nullable String refusal(HasMetadata object, SwarmTask task, KubernetesClientException cause,
            KubernetesClient client) {
        var name = object.getKind() + " " + object.getMetadata().getName();
        if (cause.getCode() == HttpURLConnection.HTTP_CONFLICT) {
            var there = client.resource(object).get();
            return there == null || Owner.controls(task, there) ? null : foreign(object);
        }
        return switch (Answer.of(cause)) {
            case Answer.Refused<?> refused -> name + " was refused: " + refused.words();
            case Answer<?> _ -> null;
        };
    }

    /** What the Jobs of a swarm's tasks need. */
    public record TaskJobsParts(SwarmId swarm, Images images, Hivemind hivemind, Declarations declarations,
            LedgerGate gate, PodEnds ends, Announcer announcer) {}
}
