package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.cluster.MeshStatus;
import io.claudeflow.swarm.kit.config.Durations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the end of a SwarmCluster stands: read from the object alone, so that a restart of the operator changes nothing. */
public sealed interface Drain {
    Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** Wait for an event, at most that long. */
    record Wait(Duration longest) implements Drain {}

    /** Let it go; the word says why. */
    record Over(String why) implements Drain {}

    /** How it stands; {@code cluster} is being deleted. */
    static Drain of(SwarmCluster cluster, Observed observed, Instant now) {
        var mesh = cluster.getStatus() == null ? null : cluster.getStatus().mesh();
        if (mesh != null && mesh.drain() == MeshStatus.Drain.DRAINED) {
            return new Over("drained");
        }
        if (mesh == null) {
            return new Over("it never ran");
        }
        if (gone(observed.hivemind()) || gone(observed.operator())) {
            return new Over("nobody is left to drain it");
        }
        var left = Duration.between(now, deadline(cluster));
        return left.isPositive() ? new Wait(left) : new Over("spec.drainTimeout is over");
    }

    /** When it is over at the latest. */
    static Instant deadline(SwarmCluster cluster) {
        var timeout = cluster.getSpec().drainTimeout();
        return Instant.parse(cluster.getMetadata().getDeletionTimestamp())
                .plus(timeout == null ? DEFAULT_TIMEOUT : Durations.parse(timeout));
    }

    private static boolean gone(@Nullable HasMetadata object) {
        return object == null || object.isMarkedForDeletion();
    }
}
