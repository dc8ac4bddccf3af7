package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is checked of a pod's spec, alone or in a template. */
final class PodChecks {
    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> volumes = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private PodChecks() {}

    static List<FieldError> check(JsonNode spec, String path) {
        var checks = new PodChecks();
        checks.volumes(spec.path("volumes"), path + ".volumes");
        if (spec.path("containers").isEmpty()) {
            checks.errors.add(FieldError.required(path + ".containers", ""));
        }
        checks.containers(spec.path("initContainers"), path + ".initContainers");
        checks.containers(spec.path("containers"), path + ".containers");
        return checks.errors;
    }

    private void volumes(JsonNode list, String path) {
        int index = 0;
        for (var volume : list) {
            name(volume, path + "[" + index++ + "]", volumes);
        }
    }

    private void containers(JsonNode list, String path) {
        int index = 0;
        for (var container : list) {
            var at = path + "[" + index++ + "]";
            name(container, at, names);
            if (KubeJson.string(container, "image").isEmpty()) {
                errors.add(FieldError.required(at + ".image", ""));
            }
            mounts(container.path("volumeMounts"), at + ".volumeMounts");
            env(container.path("env"), at + ".env");
        }
    }

    private void name(JsonNode node, String path, Set<String> taken) {
        var name = KubeJson.string(node, "name");
        if (name.isEmpty()) {
            errors.add(FieldError.required(path + ".name", ""));
        } else if (Names.labelProblem(name) instanceof String problem) {
            errors.add(FieldError.invalid(path + ".name", TextNode.valueOf(name), problem));
        } else if (!taken.add(name)) {
            errors.add(FieldError.duplicate(path + ".name", TextNode.valueOf(name)));
        }
    }

    private void mounts(JsonNode list, String path) {
        int index = 0;
        for (var mount : list) {
            var at = path + "[" + index++ + "]";
            var name = KubeJson.string(mount, "name");
            if (!volumes.contains(name)) {
                errors.add(new FieldError(FieldError.Kind.NOT_FOUND, at + ".name",
                        KubeJson.text(TextNode.valueOf(name)), ""));
            }
            if (KubeJson.string(mount, "mountPath").isEmpty()) {
                errors.add(FieldError.required(at + ".mountPath", ""));
            }
        }
    }

    private void env(JsonNode list, String path) {
        int index = 0;
        for (var variable : list) {
            var at = path + "[" + index++ + "]";
            if (KubeJson.string(variable, "name").isEmpty()) {
                errors.add(FieldError.required(at + ".name", ""));
            }
            if (variable.has("value") && variable.has("valueFrom")
                    && !KubeJson.string(variable, "value").isEmpty()) {
                errors.add(FieldError.invalid(at + ".valueFrom", TextNode.valueOf(""),
                        "may not be specified when `value` is not empty"));
            }
        }
    }
}
