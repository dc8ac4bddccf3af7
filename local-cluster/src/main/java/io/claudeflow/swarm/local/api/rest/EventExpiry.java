package io.claudeflow.swarm.local.api.rest;

import io.claudeflow.swarm.local.api.kind.EventForms;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Lets events go an hour after they were last seen, as kube-apiserver does. */
public final class EventExpiry {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cluster cluster;

    public EventExpiry(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Removes what is too old; called now and then on the store's context. */
    public void sweep() {
        var oldest = cluster.clock().instant().minus(KEPT);
        for (var event : cluster.store().list(BuiltInKinds.EVENTS, "")) {
            if (before(EventForms.lastSeen(event), oldest)) {
                cluster.store().remove(BuiltInKinds.EVENTS, event);
            }
        }
    }

    private static boolean before(String time, Instant oldest) {
        try {
            return Instant.parse(time).isBefore(oldest);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
