package io.claudeflow.swarm.local.api.http;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * A path below /api or /apis that names a resource.
 *
 * @param group       empty for the core group
 * @param namespace   empty when the path names none
 * @param name        empty for a collection
 * @param subresource empty for the object itself; may have slashes
 */
record RequestPath(String group, String version, String namespace, String plural, String name, String subresource) {
    /** Below a namespace's own name, these are its subresources and no resources in it. */
    private static final List<String> OF_NAMESPACES = List.of("status", "finalize");

    /** Reads a path; empty when it is no resource's. */
    static Optional<RequestPath> parse(String path) {
        var segments = new ArrayDeque<String>();
        for (var segment : path.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        var root = next(segments);
        if (!root.equals("api") && !root.equals("apis")) {
            return Optional.empty();
        }
        var group = root.equals("api") ? "" : next(segments);
        var version = next(segments);
        var plural = next(segments);
        var namespace = "";
        if (plural.equals("namespaces") && segments.size() >= 2) {
            var name = next(segments);
            var below = next(segments);
            if (OF_NAMESPACES.contains(below) && segments.isEmpty()) {
                return Optional.of(new RequestPath(group, version, "", plural, name, below));
            }
            namespace = name;
            plural = below;
        }
        var name = next(segments);
        var subresource = String.join("/", segments);
        return plural.isEmpty()
                ? Optional.empty()
                : Optional.of(new RequestPath(group, version, namespace, plural, name, subresource));
    }

    private static String next(ArrayDeque<String> segments) {
        var segment = segments.poll();
        return segment == null ? "" : segment;
    }
}
