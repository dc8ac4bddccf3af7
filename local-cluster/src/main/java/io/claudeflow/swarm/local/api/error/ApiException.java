package io.claudeflow.swarm.local.api.error;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A request that is refused or failed, with everything a Status object says of it. Carries no stack: it is an answer. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiException(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /** The HTTP status code. */
    public int code() {
        return code;
    }

    /** Kubernetes' one-word reason. */
    public String reason() {
        return reason;
    }

    /** The Status object (kind Status, apiVersion v1). */
    public ObjectNode status() {
        var status = KubeJson.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", getMessage());
        putUnlessEmpty(status, "reason", reason);
        if (!details.isEmpty()) {
            status.set("details", details.deepCopy());
        }
        return status.put("code", code);
    }

    private static ApiException plain(int code, String reason, String message) {
        return new ApiException(code, reason, message, KubeJson.object());
    }

    private static ObjectNode details(String group, String kind, String name) {
        var details = KubeJson.object();
        putUnlessEmpty(details, "name", name);
        putUnlessEmpty(details, "group", group);
        putUnlessEmpty(details, "kind", kind);
        return details;
    }

    private static void putUnlessEmpty(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }

    private static String qualified(String name, String group) {
        return group.isEmpty() ? name : name + "." + group;
    }

    /** An object that does not exist. */
    public static ApiException notFound(String group, String plural, String name) {
        return new ApiException(404, "NotFound", qualified(plural, group) + " \"" + name + "\" not found",
                details(group, plural, name));
    }

    /** Something that another server did not find, in its words. */
    public static ApiException notFoundSentence(String sentence) {
        return plain(404, "NotFound", sentence);
    }

    /** A path that nothing is served at. */
    public static ApiException noSuchPath() {
        return plain(404, "NotFound", "the server could not find the requested resource");
    }

    public static ApiException alreadyExists(String group, String plural, String name) {
        return new ApiException(409, "AlreadyExists", qualified(plural, group) + " \"" + name + "\" already exists",
                details(group, plural, name));
    }

    public static ApiException conflict(String group, String plural, String name, String sentence) {
        return new ApiException(409, "Conflict", "Operation cannot be fulfilled on " + qualified(plural, group) + " \""
                + name + "\": " + sentence, details(group, plural, name));
    }

    /** A resourceVersion that is no longer the object's. */
    public static ApiException modified(String group, String plural, String name) {
        return conflict(group, plural, name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    /** Fields that others manage, each as (manager sentence, field). */
    public static ApiException applyConflict(List<String[]> conflicts) {
        var details = KubeJson.object();
        var causes = details.putArray("causes");
        for (var conflict : conflicts) {
            causes.addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", conflict[0])
                    .put("field", conflict[1]);
        }
        var text = new StringBuilder("Apply failed with ");
        if (conflicts.size() == 1) {
            text.append("1 conflict: ").append(conflicts.getFirst()[0]).append(": ").append(conflicts.getFirst()[1]);
        } else {
            text.append(conflicts.size()).append(" conflicts: ");
            var managers = conflicts.stream()
                    .collect(Collectors.groupingBy(c -> c[0], TreeMap::new, Collectors.toList()));
            text.append(managers.entrySet()
                    .stream()
                    .map(e -> e.getKey().replaceFirst("conflict", "conflicts") + ":\n- "
                            + e.getValue().stream().map(c -> c[1]).collect(Collectors.joining("\n- ")))
                    .collect(Collectors.joining("\n")));
        }
        return new ApiException(409, "Conflict", text.toString(), details);
    }

    public static ApiException invalid(String group, String kind, String name, List<FieldError> errors) {
        var details = details(group, kind, name);
        var causes = details.putArray("causes");
        for (var error : errors) {
            causes.addObject()
                    .put("reason", error.kind().reason())
                    .put("message", error.body())
                    .put("field", error.field());
        }
        var text = errors.size() == 1
                ? errors.getFirst().toString()
                : errors.stream().map(FieldError::toString).distinct().collect(Collectors.joining(", ", "[", "]"));
        return new ApiException(422, "Invalid", qualified(kind, group) + " \"" + name + "\" is invalid: " + text,
                details);
    }

    /** A request that is readable but cannot be carried out. */
    public static ApiException unprocessable(String message) {
        return plain(422, "Invalid", message);
    }

    public static ApiException badRequest(String message) {
        return plain(400, "BadRequest", message);
    }

    public static ApiException unauthorized() {
        return plain(401, "Unauthorized", "Unauthorized");
    }

    public static ApiException forbidden(String group, String plural, String name, String sentence) {
        return new ApiException(403, "Forbidden", qualified(plural, group) + " \"" + name + "\" is forbidden: "
                + sentence, details(group, plural, name));
    }

    /** A creation in a namespace that is going away. */
    public static ApiException namespaceTerminating(String group, String plural, String name, String namespace) {
        var refused = forbidden(group, plural, name, "unable to create new content in namespace " + namespace
                + " because it is being terminated");
        refused.details.putArray("causes")
                .addObject()
                .put("reason", "NamespaceTerminating")
                .put("message", "namespace " + namespace + " is being terminated")
                .put("field", "metadata.namespace");
        return refused;
    }

    public static ApiException methodNotAllowed(String sentence) {
        return plain(405, "MethodNotAllowed", sentence);
    }

    public static ApiException notAcceptable(String sentence) {
        return plain(406, "NotAcceptable", sentence);
    }

    public static ApiException unsupportedMediaType(String sentence) {
        return plain(415, "UnsupportedMediaType", sentence);
    }

    public static ApiException tooLarge(long limit) {
        return plain(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit);
    }

    /** A revision whose history is gone: list again. */
    public static ApiException expired(String sentence) {
        return plain(410, "Expired", sentence);
    }

    /** A revision that this server has not reached. */
    public static ApiException tooLargeRevision(long wanted, long current) {
        var details = KubeJson.object().put("retryAfterSeconds", 1);
        details.putArray("causes")
                .addObject()
                .put("reason", "ResourceVersionTooLarge")
                .put("message", "Too large resource version");
        return new ApiException(504, "Timeout", "Timeout: Too large resource version: " + wanted + ", current: "
                + current, details);
    }

    /** Something that is refused for now, such as an eviction. */
    public static ApiException tooManyRequests(String sentence, String cause) {
        var details = KubeJson.object();
        details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", cause);
        return new ApiException(429, "TooManyRequests", sentence, details);
    }

    public static ApiException notImplemented(String sentence) {
        return plain(501, "NotImplemented", sentence);
    }

    public static ApiException internal(String sentence) {
        return plain(500, "InternalError", "Internal error occurred: " + sentence);
    }

    /** A failure in its own words, without the words that internal errors begin with. */
    public static ApiException internalSentence(String sentence) {
        return plain(500, "", sentence);
    }

    /** A node or its kubelet that cannot be reached. */
    public static ApiException badGateway(String sentence) {
        return plain(502, "BadGateway", sentence);
    }

    /** A write that the journal could not keep; nothing was changed. */
    public static ApiException storageFailed(String sentence) {
        return plain(507, "InsufficientStorage", sentence);
    }
}
