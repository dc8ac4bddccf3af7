package io.claudeflow.swarm.cli.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.adapter.kube.ResourceType;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One object's deletion, and the wait until the very same object is gone. One thread. */
public final class Deletion {
    private static final long LOOK_MILLIS = 150;

    private final ResourceType type;
    private final String path;
    private final String name;
    private @Nullable String uid;

    public Deletion(ResourceType type, String namespace, String name) {
        this.type = type;
        this.path = type.path(namespace, name);
        this.name = name;
    }

    /** Type and name, as kubectl says it. */
    public String name() {
        return type.qualifiedSingular() + " \"" + name + "\"";
    }

    /** Asks for the deletion; false when there is nothing to delete. */
    public boolean start(KubeApi api) {
        try {
            uid = new KubeObject(api.get(path)).uid();
            var options = JsonNodeFactory.instance.objectNode();
            options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", "Background");
            options.putObject("preconditions").put("uid", uid);
            api.send("DELETE", path, null, options);
            return true;
        } catch (SwarmException e) {
            if (e.code().equals(ErrorCode.NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    /** Blocks until all are gone; fails when {@code limit} is over, naming those that are still there and why. */
    public static void await(KubeApi api, List<Deletion> deletions, Duration limit, String limitName) {
        long end = System.nanoTime() + limit.toNanos();
        var left = deletions;
        while (true) {
            left = left.stream().filter(deletion -> deletion.present(api)).toList();
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new SwarmException(ErrorCode.INDETERMINATE, limitName + " is over and these are still there: "
                        + left.stream()
                                .map(deletion -> deletion.name() + deletion.holder(api))
                                .collect(Collectors.joining(", "))
                        + "; the deletion goes on");
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean present(KubeApi api) {
        try {
            return new KubeObject(api.get(path)).uid().equals(uid);
        } catch (SwarmException e) {
            if (e.code().equals(ErrorCode.NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }

    private String holder(KubeApi api) {
        try {
            var finalizers = new KubeObject(api.get(path)).texts("metadata.finalizers");
            return finalizers.isEmpty() ? "" : " (held by finalizer " + String.join(", ", finalizers) + ")";
        } catch (SwarmException e) {
            return "";
        }
    }
}
