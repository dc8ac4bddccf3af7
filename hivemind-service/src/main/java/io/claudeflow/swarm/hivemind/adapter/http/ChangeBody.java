package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.hivemind.port.TaskRequests.Change;
import io.vertx.core.buffer.Buffer;

/** Bodies of requests about a task that is there; each throws UnreadableRequestException. */
final class ChangeBody {
    private static final int REASON = 1_024;
    private static final String NO_REASON = "cancelled over HTTP";

    private ChangeBody() {}

    /** {@code {"reason": "no longer needed"}}, or nothing. */
    static String reason(Buffer body) {
        var fields = Fields.of(body);
        var reason = fields.text("reason", REASON);
        fields.finish();
        return reason == null ? NO_REASON : reason;
    }

    /** {@code {"suspend": true, "priority": "high"}}, at least one of them. */
    static Change change(Buffer body) {
        var fields = Fields.of(body);
        var change = new Change(fields.flag("suspend"), fields.has("priority") ? TaskBody.priority(fields) : null);
        if (!fields.has("suspend") && !fields.has("priority")) {
            fields.wrong("body", "has nothing to change; it may have suspend and priority");
        }
        fields.finish();
        return change;
    }
}
