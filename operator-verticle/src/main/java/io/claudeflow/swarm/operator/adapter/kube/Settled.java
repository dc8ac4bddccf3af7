package io.claudeflow.swarm.operator.adapter.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which versions of objects were found to be as they are to be, so that the same comparison is not made at every event. Any
 * thread.
 */
public final class Settled {
    private final Map<String, Map<String, Pair>> byOwner = new ConcurrentHashMap<>();

    private record Pair(String version, HasMetadata desired) {}

    /** Whether that version was compared with an equal wish before, and was as wished. */
    boolean is(HasMetadata owner, HasMetadata actual, HasMetadata desired) {
        var known = byOwner.getOrDefault(owner.getMetadata().getUid(), Map.of()).get(key(desired));
        return known != null && known.version.equals(actual.getMetadata().getResourceVersion())
                && known.desired.equals(desired);
    }

    void note(HasMetadata owner, HasMetadata actual, HasMetadata desired) {
        byOwner.computeIfAbsent(owner.getMetadata().getUid(), _ -> new ConcurrentHashMap<>())
                .put(key(desired), new Pair(actual.getMetadata().getResourceVersion(), desired));
    }

    /** The owner is gone. */
    public void forget(HasMetadata owner) {
        byOwner.remove(owner.getMetadata().getUid());
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
