package io.claudeflow.swarm.agent.adapter.http;

import io.claudeflow.swarm.agent.door.Percent;
import io.vertx.core.buffer.Buffer;
import java.util.Set;

/** The body of {@code POST /v1/progress}: {@code {"percent": 40, "message": "half way"}}; the message is optional. */
record ProgressBody(Percent percent, String message) {
    private static final int MESSAGE = 1_024;

    static ProgressBody parse(Buffer body) {
        var fields = Fields.of(body, Set.of("percent", "message"));
        var percent = fields.number("percent");
        if (percent.isEmpty()) {
            throw Fields.invalid("percent: is missing; allowed are 0 to 100");
        }
        var message = fields.text("message");
        return new ProgressBody(new Percent(percent.getAsInt()),
                message.substring(0, Math.min(MESSAGE, message.length())));
    }
}
