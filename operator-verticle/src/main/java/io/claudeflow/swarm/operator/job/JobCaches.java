package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.mesh.PodEnds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The Jobs of the swarm's tasks and their pods, as watched. A pod that is gone is told of by its UID. Any thread. */
final class JobCaches {
    private final InformerEventSource<Job, SwarmTask> jobs;
    private final JobPods pods;

    JobCaches(String cluster, EventSourceContext<SwarmTask> context, PodEnds ends) {
        jobs = new InformerEventSource<>(watched(Job.class, cluster, "jobs"), context);
        pods = new JobPods(cluster, context, ends);
    }

    private static <R extends HasMetadata> InformerEventSourceConfiguration<R> watched(Class<R> kind,
            String cluster, String name) {
        return InformerEventSourceConfiguration.from(kind, SwarmTask.class)
                .withName(name)
                .withLabelSelector(Labels.COMPONENT + "=" + Labels.JOB + "," + Labels.CLUSTER + "=" + cluster)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(JobCaches::task)
                .build();
    }

    private static Set<ResourceID> task(HasMetadata object) {
        var about = object.getMetadata().getAnnotations();
        var name = about == null ? null : about.get(Labels.TASK_NAME);
        return name == null ? Set.of() : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
    }

    List<InformerEventSource<?, SwarmTask>> sources() {
        return List.of(jobs, pods);
    }

    List<Job> jobs(SwarmTask task) {
        return of(task, jobs.getSecondaryResources(task));
    }

    List<Pod> pods(SwarmTask task) {
        return of(task, pods.getSecondaryResources(task));
    }

    /** A former task of the same name may have left some. */
    private static <R extends HasMetadata> List<R> of(SwarmTask task, Collection<R> found) {
        var uid = task.getMetadata().getUid();
        return found.stream().filter(object -> uid.equals(object.getMetadata().getLabels().get(Labels.TASK))).toList();
    }

    Stream<Pod> allPods() {
        return pods.list();
    }

    /** Remembers a Job that was made, until the watch brings it. */
    void made(SwarmTask task, Job job) {
        jobs.handleRecentResourceCreate(ResourceID.fromResource(task), job);
    }

    private static final class JobPods extends InformerEventSource<Pod, SwarmTask> {
        private final PodEnds ends;

        JobPods(String cluster, EventSourceContext<SwarmTask> context, PodEnds ends) {
            super(watched(Pod.class, cluster, "job-pods"), context);
            this.ends = ends;
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            super.onDelete(pod, finalStateUnknown);
            ends.gone(pod.getMetadata().getUid());
        }
    }
}
