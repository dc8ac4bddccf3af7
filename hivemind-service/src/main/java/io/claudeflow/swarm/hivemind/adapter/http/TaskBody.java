package io.claudeflow.swarm.hivemind.adapter.http;

import io.claudeflow.swarm.hivemind.ledger.ClientTask;
import io.claudeflow.swarm.hivemind.port.TaskRequests.Draft;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/tasks}: fields and bounds are those of a SwarmTask's spec. */
final class TaskBody {
    private static final int UUID = 36;
    private static final int NAME = 63;
    private static final int LONG_NAME = 253;
    private static final int SCRIPT = 262_144;
    private static final int PATH = 512;
    private static final int CONDITION = 4_096;
    private static final int VALUES = 256;
    private static final int SELECTORS = 32;
    private static final int SUBTASKS = 64;
    private static final int NEEDED = 16;
    private static final Pattern WORD = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final String WORDS = "allowed are lower-case letters, digits and - between them";
    private static final Pattern ABSOLUTE = Pattern.compile("/.*");
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration CHECKPOINT = Duration.ofSeconds(5);
    private static final int PRIORITY = 50;
    private static final Map<String, Integer> PRIORITIES = new TreeMap<>(
            Map.of("low", 25, "medium", 50, "high", 75, "critical", 100));
    private static final Map<String, OnLost> LOST = new TreeMap<>(
            Map.of("retry", OnLost.RETRY, "never", OnLost.NEVER));
    private static final Map<String, String> EXECUTORS = Map.of("shell", "shell");
    /** Fields of a SwarmTask's spec that need Kubernetes, or that a request says otherwise. */
    private static final Map<String, String> ELSEWHERE = new LinkedHashMap<>();

    static {
        List.of("secrets", "persistentVolumes", "executorImage", "executorRuntime", "execution", "nodeSelector",
                "tolerations", "resources")
                .forEach(field -> ELSEWHERE.put(field, "needs a Job: submit a SwarmTask instead"));
        List.of("clusterRef", "strategy", "consensus", "ttlSecondsAfterFinished", "result")
                .forEach(field -> ELSEWHERE.put(field, "is a field of SwarmTasks alone"));
        ELSEWHERE.put("cancel", "is a request of its own: POST /v1/tasks/{uid}/cancel");
        ELSEWHERE.put("suspend", "is a request of its own: PATCH /v1/tasks/{uid}");
    }

    private TaskBody() {}

    /**
     * Reads a body, or throws UnreadableRequestException.
     *
     * @param fallback the request id when the body has none
     */
    static Draft read(Buffer body, String fallback, String traceparent) {
        var fields = Fields.of(body);
        var id = fields.text("requestId", UUID);
        if (id != null && !ClientTask.isSession(id)) {
            fields.wrong("requestId", "is '" + id + "', and has to be a UUID in lower case");
        }
        var name = fields.text("name", LONG_NAME);
        var spec = spec(fields);
        ELSEWHERE.forEach(fields::elsewhere);
        fields.finish();
        return new Draft(id == null ? fallback : id, name == null ? "" : name, spec, traceparent);
    }

    /** A submission of which it is not known whether it was done, with the id to say it again with. */
    static Throwable unsure(Throwable cause, Buffer body, String fallback) {
        if (!(cause instanceof SwarmException known) || !known.code().equals(ErrorCode.INDETERMINATE)) {
            return cause;
        }
        String id = null;
        try {
            id = Fields.of(body).text("requestId", UUID);
        } catch (UnreadableRequestException e) {
            // Then the leader has not taken it.
        }
        return new SwarmException(ErrorCode.INDETERMINATE,
                "whether the task was stored is not known: send the same again"
                        + " with requestId " + (id == null ? fallback : id) + ", it stays one task",
                cause);
    }

    private static TaskSpec spec(Fields fields) {
        var executor = fields.word("executor", EXECUTORS);
        var script = fields.text("task", SCRIPT);
        var subtasks = fields.objects("subtasks", SUBTASKS).stream().map(TaskBody::subtask).toList();
        if (subtasks.isEmpty()) {
            fields.require("task", "the script that runs, needed where there are no subtasks");
        }
        var failFast = fields.flag("failFast");
        return new TaskSpec(executor == null ? "shell" : executor, script == null ? "" : script,
                fields.texts("parameters", VALUES), environment(fields), priority(fields), matching(fields),
                timeouts(fields), retries(fields.object("retries")), resume(fields), StepPlace.AGENT,
                subtasks.isEmpty() ? Workflow.NONE : new Workflow(subtasks, !Boolean.FALSE.equals(failFast)));
    }

    /** A number or a word. */
    static int priority(Fields fields) {
        var priority = fields.isText("priority")
                ? fields.word("priority", PRIORITIES)
                : fields.number("priority", 0, 100);
        return priority == null ? PRIORITY : priority;
    }

    private static Map<String, String> environment(Fields fields) {
        var environment = new LinkedHashMap<String, String>();
        for (var variable : fields.objects("environment", VALUES)) {
            var name = variable.text("name", LONG_NAME);
            var value = variable.text("value", 0, SCRIPT);
            variable.require("name", "the variable's");
            if (name != null) {
                environment.put(name, value == null ? "" : value);
            }
        }
        return environment;
    }

    private static Matching matching(Fields fields) {
        var capabilities = fields.list("requiredCapabilities", 64, LONG_NAME);
        var type = fields.text("agentType", NAME, WORD, WORDS);
        var selector = new LinkedHashMap<String, String>();
        var said = fields.object("agentSelector");
        if (said != null) {
            selector.putAll(said.texts("matchLabels", SELECTORS));
            var name = said.text("name", NAME);
            if (name != null) {
                selector.put("name", name);
            }
        }
        return type == null && capabilities.isEmpty() && selector.isEmpty()
                ? Matching.ANY
                : new Matching(type, capabilities, List.copyOf(new LinkedHashSet<>(capabilities)), selector);
    }

    private static Timeouts timeouts(Fields fields) {
        var start = fields.duration("startTimeout", SHORT);
        return new Timeouts(fields.duration("timeout", SHORT), fields.duration("queueTimeout", SHORT),
                start == null ? Timeouts.DEFAULT.start() : start, fields.duration("heartbeatTimeout", SHORT),
                fields.duration("deadline", SHORT), Timeouts.DEFAULT.grace());
    }

    private static Retries retries(@Nullable Fields fields) {
        if (fields == null) {
            return Retries.DEFAULT;
        }
        var limit = fields.number("limit", 0, 100);
        var backoff = fields.duration("backoff", Duration.ZERO);
        var lost = fields.word("onLost", LOST);
        var first = backoff == null ? Retries.DEFAULT.backoff() : backoff;
        var most = Retries.DEFAULT.maxBackoff();
        return new Retries(limit == null ? Retries.DEFAULT.limit() : limit, first,
                first.compareTo(most) > 0 ? first : most, lost == null ? OnLost.RETRY : lost);
    }

    private static Resume resume(Fields fields) {
        boolean enabled = Boolean.TRUE.equals(fields.flag("resume"));
        var said = fields.object("checkpoint");
        if (said == null) {
            return new Resume(enabled, null, List.of());
        }
        var interval = said.duration("interval", SHORT);
        var path = said.text("path", PATH, ABSOLUTE, "and has to be absolute, for example /checkpoint");
        return path == null
                ? new Resume(enabled, null, List.of())
                : new Resume(enabled, interval == null ? CHECKPOINT : interval, List.of(path));
    }

    private static Subtask subtask(Fields fields) {
        var name = fields.text("name", NAME, WORD, WORDS);
        var script = fields.text("task", SCRIPT);
        fields.require("name", "what others depend on");
        fields.require("task", "the script that runs");
        var parallelism = fields.number("parallelism", 1, VALUES);
        return new Subtask(name == null ? "" : name, script == null ? "" : script,
                fields.list("dependsOn", NEEDED, NAME), fields.text("agentType", NAME, WORD, WORDS),
                fields.text("when", CONDITION), fields.list("items", VALUES, LONG_NAME),
                parallelism == null ? 0 : parallelism, Boolean.TRUE.equals(fields.flag("optional")));
    }
}
