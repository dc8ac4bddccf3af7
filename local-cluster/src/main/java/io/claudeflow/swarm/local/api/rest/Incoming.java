package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.schema.GoTypes;
import io.claudeflow.swarm.local.api.schema.Pruning;
import java.util.List;
import java.util.stream.Collectors;

/** What happens to an object between the wire and the verbs: its kind is checked, its unknown fields are dealt with. */
final class Incoming {
    private Incoming() {}

    /** Checks apiVersion and kind, decodes and prunes, in place. */
    static void accept(Call call, ObjectNode object) {
        checkKind(call.type(), object);
        var unknown = decode(call.type(), object);
        if (!unknown.isEmpty()) {
            refuseOrWarn(call, unknown, call.type().kind() + " in version \"" + call.type().version()
                    + "\" cannot be handled as a " + call.type().kind() + ": ");
        }
    }

    /** The same for an object that a patch has made; Kubernetes words the refusal differently. */
    static void acceptPatched(Call call, ObjectNode object) {
        checkKind(call.type(), object);
        var patched = call.parameter("fieldValidation").equals("Strict") ? KubeJson.sorted(object) : "";
        var unknown = decode(call.type(), object);
        if (!unknown.isEmpty() && call.parameter("fieldValidation").equals("Strict")) {
            throw ApiException.invalid("", "", "",
                    List.of(new FieldError(FieldError.Kind.INVALID, "patch",
                            FieldError.shown(TextNode.valueOf(patched)),
                            "strict decoding error: " + sentence(unknown))));
        }
        if (!unknown.isEmpty()) {
            refuseOrWarn(call, unknown, "");
        }
    }

    /**
     * The same for a configuration to apply, which may not hold unknown fields, whatever the caller asks for: nobody could own them.
     */
    static void acceptApplied(Call call, ObjectNode object) {
        checkKind(call.type(), object);
        var unknown = decode(call.type(), object);
        if (!unknown.isEmpty()) {
            var fields = unknown.stream().map(field -> "." + field + ": field not declared in schema").toList();
            throw ApiException.internalSentence("failed to create typed patch object (" + Meta.namespace(object) + "/"
                    + Meta.name(object) + "; " + call.type().apiVersion() + ", Kind=" + call.type().kind() + "): "
                    + (fields.size() == 1 ? fields.getFirst() : "errors:\n  " + String.join("\n  ", fields)));
        }
    }

    private static List<String> decode(ResourceType type, ObjectNode object) {
        var schema = type.schema();
        GoTypes.decode(type.kind(), schema, object).ifPresent(sentence -> {
            throw ApiException.badRequest(type.kind() + " in version \"" + type.version()
                    + "\" cannot be handled as a " + type.kind() + ": " + sentence);
        });
        var unknown = Pruning.prune(schema, object);
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        Meta.of(object).remove("selfLink");
        return unknown;
    }

    private static void checkKind(ResourceType type, ObjectNode object) {
        var version = KubeJson.string(object, "apiVersion");
        var kind = KubeJson.string(object, "kind");
        if (version.isEmpty() && type.custom() != null || kind.isEmpty() && type.custom() != null) {
            throw ApiException.badRequest("Object 'Kind' is missing in '" + KubeJson.text(object) + "'");
        }
        if (!kind.isEmpty() && !kind.equals(type.kind())) {
            throw ApiException.badRequest(kind + " in version \"" + version.substring(version.indexOf('/') + 1)
                    + "\" cannot be handled as a " + type.kind() + ": converting (" + version + "." + kind
                    + ") to (" + type.apiVersion() + "." + type.kind() + "): unknown conversion");
        }
        if (!version.isEmpty() && !version.equals(type.apiVersion())) {
            throw ApiException.badRequest("the API version in the data (" + version
                    + ") does not match the expected API version (" + type.apiVersion() + ")");
        }
    }

    private static void refuseOrWarn(Call call, List<String> unknown, String prefix) {
        switch (call.parameter("fieldValidation")) {
            case "Strict" -> throw ApiException.badRequest(prefix + "strict decoding error: " + sentence(unknown));
            case "Ignore" -> {
                // As asked.
            }
            default -> unknown.forEach(field -> call.warnings().add("unknown field \"" + field + "\""));
        }
    }

    private static String sentence(List<String> unknown) {
        return unknown.stream().map(field -> "unknown field \"" + field + "\"").collect(Collectors.joining(", "));
    }
}
