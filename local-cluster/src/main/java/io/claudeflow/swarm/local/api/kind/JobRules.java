package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.ArrayList;
import java.util.List;

/** Jobs: defaults, and the selector and labels that the server gives them. */
final class JobRules implements KindRules {
    private static final String UID = "batch.kubernetes.io/controller-uid";

    @Override
    public void defaults(ObjectNode job) {
        var spec = KubeJson.child(job, "spec");
        if (!spec.hasNonNull("completions") && !spec.hasNonNull("parallelism")) {
            spec.put("completions", 1);
        }
        setDefault(spec, "parallelism", 1);
        setDefault(spec, "backoffLimit", 6);
        setDefault(spec, "completionMode", "NonIndexed");
        setDefault(spec, "podReplacementPolicy", "TerminatingOrFailed");
        if (!spec.has("suspend")) {
            spec.put("suspend", false);
        }
        if (!spec.has("manualSelector")) {
            spec.put("manualSelector", false);
        }
        Templates.defaults(job);
    }

    @Override
    public void create(ObjectNode job, Store store) {
        job.putObject("status");
        var spec = KubeJson.child(job, "spec");
        if (spec.path("manualSelector").asBoolean(false)) {
            return;
        }
        var labels = KubeJson.child(KubeJson.child(KubeJson.child(spec, "template"), "metadata"), "labels");
        labels.put(UID, Meta.uid(job))
                .put("batch.kubernetes.io/job-name", Meta.name(job))
                .put("controller-uid", Meta.uid(job))
                .put("job-name", Meta.name(job));
        KubeJson.child(KubeJson.child(spec, "selector"), "matchLabels").put(UID, Meta.uid(job));
        if (job.path("metadata").path("labels").isEmpty()) {
            Meta.of(job).set("labels", labels.deepCopy());
        }
    }

    @Override
    public void update(ObjectNode next, ObjectNode live, Store store) {
        // An apply of the manifest names neither selector nor generated labels.
        var spec = KubeJson.child(next, "spec");
        if (!spec.has("selector")) {
            spec.set("selector", live.path("spec").path("selector").deepCopy());
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode job) {
        var spec = job.path("spec");
        var errors = new ArrayList<>(PodChecks.check(spec.path("template").path("spec"), "spec.template.spec"));
        var restart = KubeJson.string(spec, "template", "spec", "restartPolicy");
        if (restart.equals("Always")) {
            errors.add(FieldError.required("spec.template.spec.restartPolicy",
                    "valid values: \"OnFailure\", \"Never\""));
        } else if (!restart.equals("OnFailure") && !restart.equals("Never")) {
            errors.add(new FieldError(FieldError.Kind.NOT_SUPPORTED, "spec.template.spec.restartPolicy",
                    KubeJson.text(TextNode.valueOf(restart)), "supported values: \"OnFailure\", \"Never\""));
        }
        for (var count : List.of("parallelism", "completions", "backoffLimit", "activeDeadlineSeconds",
                "ttlSecondsAfterFinished")) {
            if (spec.path(count).asInt(0) < 0) {
                errors.add(FieldError.invalid("spec." + count, spec.get(count),
                        "must be greater than or equal to 0"));
            }
        }
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        var errors = new ArrayList<>(Templates.immutable(next, live, "spec", "selector"));
        errors.addAll(Templates.immutable(next, live, "spec", "completionMode"));
        if (!live.path("spec").path("suspend").asBoolean(false)) {
            errors.addAll(Templates.immutable(next, live, "spec", "template"));
        }
        return errors;
    }
}
