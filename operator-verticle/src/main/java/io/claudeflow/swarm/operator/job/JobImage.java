package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.api.v1alpha1.cluster.ExecutorSpec;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskSpec;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.operator.identity.Images;
import org.jspecify.annotations.Nullable;

/**
 * What a task's Job runs in.
 *
 * @param foreign whether it knows nothing of us
 */
public record JobImage(String name, boolean foreign) {
    /** @param executor the cluster's defaults for Jobs, null: none */
    public static JobImage of(SwarmTaskSpec task, @Nullable ExecutorSpec executor, Images images) {
        var named = task.executorImage() != null ? task.executorImage() : executor == null ? null : executor.image();
        if (named == null) {
            return new JobImage(images.agent(), false);
        }
        boolean foreign = task.executorRuntime() == null
                ? !repository(named).equals(repository(images.agent()))
                : task.executorRuntime() == SwarmTaskSpec.ExecutorRuntime.FOREIGN;
        return new JobImage(named, foreign);
    }

    /** Where the steps of such a task run; the cluster's defaults alone do not make a task a Job. */
    public static StepPlace place(SwarmTaskSpec task, @Nullable ExecutorSpec executor, Images images) {
        if (!isJob(task, executor)) {
            return StepPlace.AGENT;
        }
        return of(task, executor, images).foreign() ? StepPlace.FOREIGN_JOB : StepPlace.JOB;
    }

    private static boolean isJob(SwarmTaskSpec task, @Nullable ExecutorSpec executor) {
        if (task.execution() == SwarmTaskSpec.Execution.AGENT || task.execution() == SwarmTaskSpec.Execution.JOB) {
            return task.execution() == SwarmTaskSpec.Execution.JOB;
        }
        boolean always = task.execution() == null && executor != null
                && executor.execution() == ExecutorSpec.Execution.JOB;
        return always || task.executorImage() != null || !task.secrets().isEmpty()
                || !task.persistentVolumes().isEmpty();
    }

    /** Without tag and digest. */
    private static String repository(String image) {
        var plain = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = plain.lastIndexOf(':');
        return colon > plain.lastIndexOf('/') ? plain.substring(0, colon) : plain;
    }
}
