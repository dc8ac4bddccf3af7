package io.claudeflow.swarm.agent.adapter.http;

import io.claudeflow.swarm.agent.door.Submission;
import io.vertx.core.buffer.Buffer;
import java.util.Set;

/** The body of {@code POST /v1/tasks}. */
final class TaskBody {
    private static final Set<String> FIELDS = Set.of("name", "script", "parameters", "priority", "agentType",
            "requiredCapabilities");

    private TaskBody() {}

    static Submission parse(Buffer body) {
        var fields = Fields.of(body, FIELDS);
        return new Submission(fields.text("name"), fields.text("script"), fields.texts("parameters"),
                fields.number("priority"), fields.text("agentType"), fields.list("requiredCapabilities"));
    }
}
