package io.claudeflow.swarm.operator.agent;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/** What is to be done about a SwarmAgent's Pod. */
sealed interface PodStep {
    /** There is none: make it. */
    record Create(Pod desired) implements PodStep {}

    /** It is as it is to be. */
    record Keep(Pod pod) implements PodStep {}

    /** It ends, or belongs to an earlier agent of the same name: wait until it is gone. */
    record Await(Pod pod) implements PodStep {}

    /** Another one is wanted, or this one has failed: delete it. */
    record Replace(Pod pod, boolean failed) implements PodStep {}

    /** It is somebody else's. */
    record Foreign() implements PodStep {}

    static PodStep of(SwarmAgent agent, Pod desired, @Nullable Pod actual) {
        if (actual == null) {
            return new Create(desired);
        }
        if (!Owner.controls(agent, actual)) {
            boolean former = actual.getMetadata()
                    .getOwnerReferences()
                    .stream()
                    .anyMatch(owner -> owner.getKind().equals(agent.getKind()));
            return former ? new Await(actual) : new Foreign();
        }
        if (actual.isMarkedForDeletion()) {
            return new Await(actual);
        }
        var phase = actual.getStatus() == null ? null : actual.getStatus().getPhase();
        boolean failed = "Failed".equals(phase) || "Succeeded".equals(phase);
        return failed || !digest(desired).equals(digest(actual)) ? new Replace(actual, failed) : new Keep(actual);
    }

    private static String digest(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(Labels.POD_DIGEST, "");
    }
}
