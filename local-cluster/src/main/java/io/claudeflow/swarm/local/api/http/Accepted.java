package io.claudeflow.swarm.local.api.http;

import io.claudeflow.swarm.local.api.error.ApiException;
import java.util.Locale;

/** In which form the caller wants objects. */
enum Accepted {
    OBJECTS, TABLE, METADATA;

    /**
     * Reads an Accept header: the first form that is served.
     *
     * @throws ApiException 406 when none is
     */
    static Accepted of(String header) {
        if (header.isBlank()) {
            return OBJECTS;
        }
        for (var range : header.split(",")) {
            var type = range.replace(" ", "").toLowerCase(Locale.ROOT);
            boolean json = type.startsWith("application/json") || type.startsWith("*/*")
                    || type.startsWith("application/*");
            if (!json) {
                continue;
            }
            if (type.contains("as=table")) {
                return TABLE;
            }
            if (type.contains("as=partialobjectmetadata")) {
                return METADATA;
            }
            if (!type.contains("as=")) {
                return OBJECTS;
            }
        }
        throw ApiException.notAcceptable("only the following media types are accepted: application/json,"
                + " application/json;as=Table;v=v1;g=meta.k8s.io,"
                + " application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
    }
}
