package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.cluster.ExecutorSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.claudeflow.swarm.api.v1alpha1.task.Strategy;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskSpec;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Fact;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What a task may ask for that this release does not have. Such a task is not run, and says why. */
enum Refusal {
    EXECUTOR((task, _) -> task.executor() != null && task.executor() != SwarmTaskSpec.Executor.SHELL,
            "spec.executor: this release runs shell scripts only."), JOB(
                    (task, _) -> task.execution() == SwarmTaskSpec.Execution.JOB,
                    "spec.execution: this release runs no task as a Job."), CLUSTER_JOB(
                            (task, cluster) -> task.execution() == null && cluster.executor() != null
                                    && cluster.executor().execution() == ExecutorSpec.Execution.JOB,
                            "spec.executor.execution of the SwarmCluster is job, and this release runs no task as a Job; say"
                                    + " spec.execution: agent to run it on an agent."), IMAGE(
                                            (task, _) -> task.executorImage() != null,
                                            "spec.executorImage makes the task a Job, and this release runs no task as a Job."), SECRETS(
                                                    (task, _) -> !task.secrets().isEmpty(),
                                                    "spec.secrets makes the task a Job, and this release runs no task as a Job."), VOLUMES(
                                                            (task, _) -> !task.persistentVolumes().isEmpty(),
                                                            "spec.persistentVolumes makes the task a Job, and this release runs no task as a Job."), SUBTASKS(
                                                                    (task, _) -> !task.subtasks().isEmpty(),
                                                                    "spec.subtasks: this release runs a task as a whole."), CONSENSUS(
                                                                            (task, _) -> task
                                                                                    .strategy() == Strategy.CONSENSUS
                                                                                    || task.consensus() != null,
                                                                            "spec.strategy consensus and spec.consensus: agents of this release do not vote."), RESUME(
                                                                                    (task, _) -> Boolean.TRUE
                                                                                            .equals(task.resume())
                                                                                            || task.checkpoint() != null,
                                                                                    "spec.resume and spec.checkpoint: this release starts each attempt from the beginning."), RESULT(
                                                                                            (task, _) -> task
                                                                                                    .result() != null
                                                                                                    && task.result()
                                                                                                            .memoryKey() != null,
                                                                                            "spec.result.memoryKey: this release has no shared memory."), ENVIRONMENT(
                                                                                                    (task, _) -> task
                                                                                                            .environment()
                                                                                                            .stream()
                                                                                                            .anyMatch(
                                                                                                                    variable -> variable
                                                                                                                            .getValueFrom() != null),
                                                                                                    "spec.environment with valueFrom: this release hands plain values to scripts only.");

    private final BiPredicate<SwarmTaskSpec, SwarmClusterSpec> asked;
    private final String sentence;

    Refusal(BiPredicate<SwarmTaskSpec, SwarmClusterSpec> asked, String sentence) {
        this.asked = asked;
        this.sentence = sentence;
    }

    /** The first thing that stands in the way, as the condition Accepted. */
    static Optional<Fact> of(SwarmTaskSpec task, SwarmClusterSpec cluster) {
        return Arrays.stream(values())
                .filter(refusal -> refusal.asked.test(task, cluster))
                .findFirst()
                .map(refusal -> Fact.no(Catalogue.ACCEPTED, Catalogue.NOT_AVAILABLE, refusal.sentence));
    }
}
