package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.operator.identity.AgentPodParts;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.claudeflow.swarm.operator.identity.PodParts;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Job of one attempt. In our image it runs an agent for that one step; a foreign image runs the script in its own
 * {@code /bin/sh}, is given no token, and says its result in its termination message.
 */
final class TaskJob {
    private static final long GRACE_SECONDS = 30;

    private TaskJob() {}

    static Job desired(SwarmTask task, TaskSpec spec, StepKey step, SwarmClusterSpec cluster, SwarmId swarm,
            Images images) {
        var labels = Labels.of(swarm.cluster(), Labels.JOB, Labels.MESH_OPERATOR);
        labels.put(Labels.TASK, task.getMetadata().getUid());
        return new JobBuilder().withNewMetadata()
                .withName(JobNames.job(task.getMetadata().getName(), step))
                .withNamespace(swarm.namespace())
                .withLabels(labels)
                .withAnnotations(about(task, step))
                .withOwnerReferences(Owner.controlledBy(task))
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(about(task, step))
                .endMetadata()
                .withSpec(pod(task, spec, cluster, swarm, images))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Map<String, String> about(SwarmTask task, StepKey step) {
        var about = new LinkedHashMap<String, String>();
        about.put(Labels.TASK_NAME, task.getMetadata().getName());
        about.put(Labels.STEP_PATH, step.path());
        about.put(Labels.ATTEMPT, String.valueOf(step.attempt()));
        return about;
    }

    private static PodSpec pod(SwarmTask task, TaskSpec spec, SwarmClusterSpec cluster, SwarmId swarm, Images images) {
        var executor = cluster.executor();
        var image = JobImage.of(task.getSpec(), executor, images);
        var mounts = Mounts.of(task, swarm.cluster(), executor);
        var resources = task.getSpec().resources() != null
                ? task.getSpec().resources()
                : executor == null ? null : executor.resources();
        var container = new ContainerBuilder().withName(Labels.JOB)
                .withImage(image.name())
                .withImagePullPolicy(images.pullPolicy())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(mounts.mounts())
                .withResources(AgentPodParts.requirements(resources))
                .withSecurityContext(PodParts.containerSecurity())
                .build();
        var pod = new PodSpecBuilder().withEnableServiceLinks(false)
                .withAutomountServiceAccountToken(false)
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withSecurityContext(PodParts.podSecurity())
                .withNodeSelector(task.getSpec().nodeSelector().isEmpty() ? null : task.getSpec().nodeSelector())
                .withTolerations(task.getSpec().tolerations())
                .withVolumes(mounts.volumes());
        if (image.foreign()) {
            var limit = spec.timeouts().run();
            return pod.withActiveDeadlineSeconds(limit == null ? null : Math.max(1, limit.toSeconds() + 1))
                    .withContainers(foreign(container, spec))
                    .build();
        }
        return pod.withServiceAccountName(swarm.names().jobAccount())
                .addAllToVolumes(AgentPodParts.volumes(swarm.clusterUid(), null))
                .withContainers(ours(container, swarm, mounts.paths(), PodParts.tracing(cluster)))
                .build();
    }

    private static Container ours(Container container, SwarmId swarm, List<String> paths, List<EnvVar> tracing) {
        var env = AgentPodParts.environment(swarm.names(), swarm.clusterUid(), Labels.JOB,
                AgentPodParts.JOB_WORKSPACE);
        env.add(PodParts.env(AgentVariables.ONCE, "true"));
        if (!paths.isEmpty()) {
            env.add(PodParts.env(AgentVariables.VOLUMES, String.join(":", paths)));
        }
        env.addAll(tracing);
        return new ContainerBuilder(container).withEnv(env)
                .addAllToVolumeMounts(AgentPodParts.mounts(AgentPodParts.JOB_WORKSPACE))
                .addNewPort()
                .withName("metrics")
                .withContainerPort(MeshPorts.MONITORING)
                .withProtocol("TCP")
                .endPort()
                .build();
    }

    private static Container foreign(Container container, TaskSpec spec) {
        var env = new ArrayList<EnvVar>();
        spec.environment().forEach((name, value) -> env.add(PodParts.env(name, value)));
        spec.parameters()
                .forEach((name, value) -> env.add(PodParts.env(AgentVariables.parameter(name), value)));
        env.add(PodParts.env(AgentVariables.PROGRESS, "0"));
        return new ContainerBuilder(container).withCommand("/bin/sh", "-c", spec.script()).withEnv(env).build();
    }
}
