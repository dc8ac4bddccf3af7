package io.claudeflow.swarm.cli.adapter.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list and what changes after it, for as long as it is wanted: a stream that the server ends is opened again where it ended,
 * and one whose version the server has forgotten begins with a new list. Reads on the caller's thread; {@link #close} from any.
 */
public final class KubeWatch implements AutoCloseable {
    private static final int GONE = 410;

    private final KubeApi api;
    private final String path;
    private final Map<String, String> query;
    private final String accept;
    private volatile boolean closed;
    private volatile @Nullable InputStream open;

    /** A watch on that collection; {@code accept} chooses JSON or Tables. */
    public KubeWatch(KubeApi api, String path, Map<String, String> query, String accept) {
        this.api = api;
        this.path = path;
        this.query = new LinkedHashMap<>(query);
        this.accept = accept;
    }

    /** Reports the list and then each change, until {@link #close}, or until the listener says that it has seen enough. */
    public void run(Listener listener) {
        while (!closed) {
            var list = api.get(path + KubeApi.query(query), accept);
            if (!listener.list(list)) {
                return;
            }
            var version = list.path("metadata").path("resourceVersion").asText("");
            while (!closed && !version.isEmpty()) {
                var next = follow(version, listener);
                if (next == null) {
                    return;
                }
                version = next;
            }
        }
    }

    /** The version up to which it read; empty: list again; null: the listener has seen enough. */
    private @Nullable String follow(String from, Listener listener) {
        var version = from;
        var parameters = new LinkedHashMap<>(query);
        parameters.put("watch", "true");
        parameters.put("resourceVersion", from);
        try (var stream = api.stream(path + KubeApi.query(parameters), accept);
                var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            open = stream;
            for (var line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                var event = KubeApi.JSON.readTree(line);
                var type = event.path("type").asText();
                var object = event.path("object");
                if (type.equals("ERROR")) {
                    return "";
                }
                version = version(object, version);
                if (!type.equals("BOOKMARK") && !listener.event(type, object)) {
                    return null;
                }
            }
        } catch (IOException e) {
            return closed ? null : "";
        } catch (SwarmException e) {
            if (closed) {
                return null;
            }
            if (KubeRefusal.behind(e).filter(refusal -> refusal.status() == GONE).isPresent()) {
                return "";
            }
            throw e;
        } finally {
            open = null;
        }
        return closed ? null : version;
    }

    private static String version(JsonNode object, String fallback) {
        var own = object.path("metadata").path("resourceVersion").asText("");
        if (!own.isEmpty()) {
            return own;
        }
        var row = object.path("rows").path(0).path("object").path("metadata").path("resourceVersion").asText("");
        return row.isEmpty() ? fallback : row;
    }

    @Override
    public void close() {
        closed = true;
        var stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // It is being thrown away; the reader ends either way.
                closed = true;
            }
        }
    }

    /** What a watch reports. Each method says whether it wants more. */
    public interface Listener {
        /** Everything there is, at the beginning and whenever the server has forgotten where the watch was. */
        boolean list(JsonNode list);

        /** One change: ADDED, MODIFIED or DELETED. */
        boolean event(String type, JsonNode object);
    }
}
