package io.claudeflow.swarm.cli.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.cli.adapter.kube.Applier;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates and cancels SwarmTasks of one namespace. */
public final class Tasks {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final KubeApi api;
    private final String namespace;

    public Tasks(KubeApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** Creates the task; refuses at once what would only wait for ever: no cluster, several, or one of another name. */
    public KubeObject submit(TaskDraft draft) {
        new Clusters(api, namespace).choose(draft.cluster());
        var query = KubeApi.query(Map.of("fieldManager", Applier.FIELD_MANAGER, "fieldValidation", "Strict"));
        return new KubeObject(api.send("POST", TaskPaths.all(namespace) + query, null, json(draft)));
    }

    private static ObjectNode json(TaskDraft draft) {
        var task = JsonNodeFactory.instance.objectNode();
        task.put("apiVersion", "swarm.claudeflow.io/v1alpha1").put("kind", "SwarmTask");
        if (draft.name() == null) {
            task.putObject("metadata").put("generateName", draft.prefix());
        } else {
            task.putObject("metadata").put("name", draft.name());
        }
        var spec = task.putObject("spec");
        spec.put("task", draft.script());
        text(spec, "clusterRef", draft.cluster());
        text(spec, "agentType", draft.agentType());
        text(spec, "timeout", draft.timeout());
        var priority = draft.priority();
        if (priority != null && priority.matches("[0-9]{1,9}")) {
            spec.put("priority", Integer.parseInt(priority));
        } else {
            text(spec, "priority", priority);
        }
        if (draft.retries() >= 0) {
            spec.putObject("retries").put("limit", draft.retries());
        }
        if (!draft.capabilities().isEmpty()) {
            draft.capabilities().forEach(spec.putArray("requiredCapabilities")::add);
        }
        if (!draft.parameters().isEmpty()) {
            draft.parameters().forEach(spec.putObject("parameters")::put);
        }
        return task;
    }

    private static void text(ObjectNode object, String field, @Nullable String value) {
        if (value != null) {
            object.put(field, value);
        }
    }

    /** Orders the end of a task. False when it has ended already. */
    public boolean cancel(String name) {
        var task = new KubeObject(api.get(TaskPaths.one(namespace, name)));
        if (TaskEnd.of(task).isPresent()) {
            return false;
        }
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("cancel", true);
        api.send("PATCH", TaskPaths.one(namespace, name), MERGE_PATCH, patch);
        return true;
    }
}
