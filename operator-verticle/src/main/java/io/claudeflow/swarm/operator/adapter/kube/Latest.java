package io.claudeflow.swarm.operator.adapter.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest version of each object that this process has seen, where that is newer than what the watch has brought: an answer
 * to a write is known before its event comes. Without it a second reconciliation would write the same again. Any thread.
 *
 * @param <T> the kind
 */
public final class Latest<T extends HasMetadata> {
    private final Map<String, T> answered = new ConcurrentHashMap<>();

    /** The API server's answer to a write. */
    public void remember(T answer) {
        answered.merge(answer.getMetadata().getUid(), answer, (a, b) -> version(a) > version(b) ? a : b);
    }

    /** The newer of what a cache has and what was answered. */
    public T of(T cached) {
        var uid = cached.getMetadata().getUid();
        var answer = answered.get(uid);
        if (answer == null) {
            return cached;
        }
        if (version(answer) > version(cached)) {
            return answer;
        }
        answered.remove(uid, answer);
        return cached;
    }

    /** The object is gone. */
    public void forget(T object) {
        answered.remove(object.getMetadata().getUid());
    }

    /** Resource versions of one kind grow; one that is no number is taken for older than any. */
    private static long version(HasMetadata object) {
        try {
            return Long.parseLong(object.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
