package io.claudeflow.swarm.cli.logs;

import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a pod's log.
 *
 * @param tail  last lines only; negative: all
 * @param since no older than that
 * @param after no older than that instant
 */
public record LogRequest(boolean follow, int tail, @Nullable Duration since, @Nullable Instant after, boolean previous,
        boolean timestamps, @Nullable String container) {
    /** All there is, once. */
    public static final LogRequest WHOLE = new LogRequest(false, -1, null, null, false, false, null);

    /** The same, only what was written after that. */
    public LogRequest after(@Nullable Instant instant) {
        return new LogRequest(follow, tail, since, instant, previous, timestamps, container);
    }

    /** The same, going on or not. */
    public LogRequest follow(boolean value) {
        return new LogRequest(value, tail, since, after, previous, timestamps, container);
    }

    /** The path of a pod's log. */
    public String path(String namespace, String pod) {
        var query = new LinkedHashMap<String, String>();
        if (follow) {
            query.put("follow", "true");
        }
        if (tail >= 0) {
            query.put("tailLines", Integer.toString(tail));
        }
        if (since != null) {
            query.put("sinceSeconds", Long.toString(Math.max(1, since.toSeconds())));
        }
        if (after != null) {
            query.put("sinceTime", after.toString());
        }
        if (previous) {
            query.put("previous", "true");
        }
        if (timestamps) {
            query.put("timestamps", "true");
        }
        if (container != null) {
            query.put("container", container);
        }
        return "api/v1/namespaces/" + namespace + "/pods/" + pod + "/log" + KubeApi.query(query);
    }
}
