package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.select.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the workload kinds share: a selector and a template that must fit each other. */
final class Templates {
    private Templates() {}

    static void defaults(ObjectNode workload) {
        var template = KubeJson.child(KubeJson.child(workload, "spec"), "template");
        KubeJson.child(template, "metadata");
        PodDefaults.apply(KubeJson.child(template, "spec"));
    }

    /** Checks selector and template of a workload whose pods always restart. */
    static List<FieldError> check(ObjectNode workload) {
        var spec = workload.path("spec");
        var errors = new ArrayList<FieldError>();
        var selector = spec.path("selector");
        var labels = spec.path("template").path("metadata").path("labels");
        if (selector.isMissingNode()) {
            errors.add(FieldError.required("spec.selector", ""));
        } else if (selector.isEmpty()) {
            errors.add(FieldError.invalid("spec.selector", selector, "empty selector is invalid for "
                    + workload.path("kind").asText().toLowerCase(Locale.ROOT)));
        }
        if (selector.isMissingNode()
                || (!selector.isEmpty() && !LabelSelector.of(selector).test(spec.path("template")))) {
            errors.add(FieldError.invalid("spec.template.metadata.labels", labels.isMissingNode()
                    ? KubeJson.MAPPER.nullNode()
                    : labels, "`selector` does not match template `labels`"));
        }
        errors.addAll(PodChecks.check(spec.path("template").path("spec"), "spec.template.spec"));
        var restart = KubeJson.string(spec, "template", "spec", "restartPolicy");
        if (!restart.equals("Always")) {
            errors.add(new FieldError(FieldError.Kind.NOT_SUPPORTED, "spec.template.spec.restartPolicy",
                    KubeJson.text(TextNode.valueOf(restart)), "supported values: \"Always\""));
        }
        return errors;
    }

    /** An error when that field differs. */
    static List<FieldError> immutable(JsonNode next, JsonNode live, String... path) {
        for (var field : path) {
            next = next.path(field);
            live = live.path(field);
        }
        return KubeJson.same(next, live)
                ? List.of()
                : List.of(FieldError.invalid(String.join(".", path), next, "field is immutable"));
    }
}
