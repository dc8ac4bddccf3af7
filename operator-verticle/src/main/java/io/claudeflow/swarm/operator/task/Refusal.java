package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.task.Strategy;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskSpec;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Fact;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a task may ask for that it is not given: this release does not have it, or it cannot be. It is not run, and says why. */
record Refusal(Predicate<SwarmTaskSpec> asked, String reason, String sentence) {
    private static final List<Refusal> ALL = List.of(
            missing(task -> task.executor() != null && task.executor() != SwarmTaskSpec.Executor.SHELL,
                    "spec.executor: this release runs shell scripts only."),
            missing(task -> task.strategy() == Strategy.CONSENSUS || task.consensus() != null
                    || task.subtasks().stream().anyMatch(subtask -> subtask.strategy() == Strategy.CONSENSUS),
                    "spec.strategy consensus and spec.consensus: agents of this release do not vote."),
            missing(task -> task.result() != null && task.result().memoryKey() != null,
                    "spec.result.memoryKey: this release has no shared memory."),
            missing(task -> task.environment().stream().anyMatch(variable -> variable.getValueFrom() != null),
                    "spec.environment with valueFrom: this release hands plain values to scripts only; spec.secrets"
                            + " mounts a Secret as files."),
            new Refusal(
                    task -> task.execution() == SwarmTaskSpec.Execution.AGENT
                            && (task.executorImage() != null || !task.secrets().isEmpty()
                                    || !task.persistentVolumes().isEmpty()),
                    Catalogue.INVALID, "spec.execution is agent, but spec.executorImage, spec.secrets and"
                            + " spec.persistentVolumes need a Job; leave spec.execution out, or say job."));

    private static Refusal missing(Predicate<SwarmTaskSpec> asked, String sentence) {
        return new Refusal(asked, Catalogue.NOT_AVAILABLE, sentence);
    }

    /** The first thing that stands in the way, as the condition Accepted. */
    static Optional<Fact> of(SwarmTaskSpec task) {
        return ALL.stream()
                .filter(refusal -> refusal.asked.test(task))
                .findFirst()
                .map(refusal -> Fact.no(Catalogue.ACCEPTED, refusal.reason, refusal.sentence));
    }
}
