package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.claudeflow.swarm.local.api.cel.CelRules;
import io.claudeflow.swarm.local.api.cel.RuleCheck;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.CustomKinds;
import io.claudeflow.swarm.local.api.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CustomResourceDefinitions: accepted and established at once; their rules are compiled before they are accepted. */
final class DefinitionRules implements KindRules {
    /** Held while custom objects are still being deleted. */
    static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private final CelRules rules;

    DefinitionRules(CelRules rules) {
        this.rules = rules;
    }

    @Override
    public void defaults(ObjectNode definition) {
        var spec = KubeJson.child(definition, "spec");
        var names = KubeJson.child(spec, "names");
        var kind = KubeJson.string(names, "kind");
        setDefault(names, "singular", kind.toLowerCase(Locale.ROOT));
        setDefault(names, "listKind", kind + "List");
        setDefault(KubeJson.child(spec, "conversion"), "strategy", "None");
        for (var version : spec.path("versions")) {
            schemaDefaults(version.path("schema").path("openAPIV3Schema"));
        }
    }

    /** A list's items are owned as a whole unless the schema says otherwise; kube-openapi leaves that unwritten, too. */
    private static void schemaDefaults(JsonNode schema) {
        schema.path("properties").forEach(DefinitionRules::schemaDefaults);
        for (var nested : List.of("items", "additionalProperties")) {
            if (schema.path(nested).isObject()) {
                schemaDefaults(schema.path(nested));
            }
        }
        if (schema instanceof ObjectNode node && node.path("x-kubernetes-preserve-unknown-fields").isBoolean()
                && !node.path("x-kubernetes-preserve-unknown-fields").booleanValue()) {
            node.remove("x-kubernetes-preserve-unknown-fields");
        }
    }

    @Override
    public void create(ObjectNode definition, Store store) {
        Protection.add(definition, CLEANUP);
        var status = definition.putObject("status");
        accept(definition, status);
        var now = Meta.timestamp(Instant.now());
        var conditions = status.putArray("conditions");
        conditions.addObject()
                .put("type", "NamesAccepted")
                .put("status", "True")
                .put("lastTransitionTime", now)
                .put("reason", "NoConflicts")
                .put("message", "no conflicts found");
        conditions.addObject()
                .put("type", "Established")
                .put("status", "True")
                .put("lastTransitionTime", now)
                .put("reason", "InitialNamesAccepted")
                .put("message", "the initial names have been accepted");
    }

    @Override
    public void update(ObjectNode next, ObjectNode live, Store store) {
        accept(next, KubeJson.child(next, "status"));
    }

    private static void accept(ObjectNode definition, ObjectNode status) {
        status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
        var stored = new ArrayList<>(KubeJson.strings(status.path("storedVersions")));
        var storage = CustomKinds.storageVersion(definition);
        if (!stored.contains(storage)) {
            stored.add(storage);
        }
        status.set("storedVersions", KubeJson.arrayOf(stored));
    }

    @Override
    public List<FieldError> validate(ObjectNode definition) {
        var errors = new ArrayList<FieldError>();
        var spec = definition.path("spec");
        var wanted = KubeJson.string(spec, "names", "plural") + "." + KubeJson.string(spec, "group");
        if (!Meta.name(definition).equals(wanted)) {
            errors.add(FieldError.invalid("metadata.name", TextNode.valueOf(Meta.name(definition)),
                    "must be spec.names.plural+\".\"+spec.group"));
        }
        for (var name : List.of("plural", "kind")) {
            if (KubeJson.string(spec, "names", name).isEmpty()) {
                errors.add(FieldError.required("spec.names." + name, ""));
            }
        }
        var scope = KubeJson.string(spec, "scope");
        if (!scope.equals("Namespaced") && !scope.equals("Cluster")) {
            errors.add(
                    new FieldError(FieldError.Kind.NOT_SUPPORTED, "spec.scope", KubeJson.text(TextNode.valueOf(scope)),
                            "supported values: \"Cluster\", \"Namespaced\""));
        }
        versions(spec.path("versions"), errors);
        return errors;
    }

    private void versions(JsonNode versions, List<FieldError> errors) {
        int storage = 0;
        int index = 0;
        for (var version : versions) {
            var at = "spec.versions[" + index++ + "].schema.openAPIV3Schema";
            storage += version.path("storage").asBoolean(false) ? 1 : 0;
            var schema = version.path("schema").path("openAPIV3Schema");
            if (schema.isMissingNode()) {
                errors.add(FieldError.required(at, "schemas are required"));
            } else if (!KubeJson.string(schema, "type").equals("object")) {
                errors.add(KubeJson.string(schema, "type").isEmpty()
                        ? FieldError.required(at + ".type", "must not be empty at the root")
                        : FieldError.invalid(at + ".type", schema.path("type"), "must be object at the root"));
            } else {
                errors.addAll(RuleCheck.compileErrors(rules, schema, at));
            }
        }
        if (storage != 1) {
            errors.add(FieldError.invalid("spec.versions", versions, "must have exactly one version marked as storage"
                    + " version"));
        }
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        var errors = new ArrayList<>(Templates.immutable(next, live, "spec", "group"));
        errors.addAll(Templates.immutable(next, live, "spec", "scope"));
        errors.addAll(Templates.immutable(next, live, "spec", "names", "plural"));
        errors.addAll(Templates.immutable(next, live, "spec", "names", "kind"));
        return errors;
    }
}
