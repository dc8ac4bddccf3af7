package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.rest.Call;
import java.util.List;

/** What a request comes to. */
sealed interface Answer {
    /** A document; warnings go into headers. */
    record Document(int code, ObjectNode body, String contentType, List<String> warnings) implements Answer {
        static Document of(int code, ObjectNode body, List<String> warnings) {
            return new Document(code, body, "application/json", warnings);
        }
    }

    /** Plain text. */
    record Text(int code, String body) implements Answer {}

    /** Events until someone hangs up. */
    record Watch(Call call, Accepted form) implements Answer {}

    /** A container's log, from its node's kubelet. */
    record Log(Call call) implements Answer {}
}
