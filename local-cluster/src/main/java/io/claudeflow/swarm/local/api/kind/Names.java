package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names, labels and the rest of metadata may look like. */
public final class Names {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    private static final Pattern QUALIFIED = Pattern.compile(
            "(" + SUBDOMAIN + "/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]");
    private static final Pattern VALUE = Pattern.compile(LABEL_VALUE);
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final Set<String> FREE_NAMES = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");

    private Names() {}

    /** Everything wrong with an object's metadata. */
    public static List<FieldError> check(ResourceType type, JsonNode object) {
        var errors = new ArrayList<FieldError>();
        var name = Meta.name(object);
        if (nameProblem(type, name) instanceof String problem) {
            errors.add(FieldError.invalid("metadata.name", TextNode.valueOf(name), problem));
        }
        var meta = object.path("metadata");
        for (var label : meta.path("labels").properties()) {
            key("metadata.labels", label.getKey(), errors);
            var value = label.getValue().asText();
            if (value.length() > MAX_LABEL) {
                errors.add(FieldError.invalid("metadata.labels", label.getValue(), "must be no more than 63 bytes"));
            } else if (!VALUE.matcher(value).matches()) {
                errors.add(FieldError.invalid("metadata.labels", label.getValue(),
                        "a valid label must be an empty string"
                                + " or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                                + " alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
                                + " validation is '" + LABEL_VALUE + "')"));
            }
        }
        meta.path("annotations")
                .fieldNames()
                .forEachRemaining(k -> key("metadata.annotations", k.toLowerCase(
                        Locale.ROOT), errors));
        return errors;
    }

    private static void key(String field, String key, List<FieldError> errors) {
        if (!QUALIFIED.matcher(key).matches()) {
            errors.add(FieldError.invalid(field, TextNode.valueOf(key), "name part must consist of alphanumeric"
                    + " characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                    + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"));
        }
    }

    private static @Nullable String nameProblem(ResourceType type, String name) {
        if (FREE_NAMES.contains(type.kind()) && type.custom() == null) {
            return name.contains("/") || name.contains("%") || name.equals(".") || name.equals("..")
                    ? "may not contain '/' or '%', nor be '.' or '..'"
                    : null;
        }
        if (type.custom() == null && type.kind().equals("Namespace")) {
            return labelProblem(name);
        }
        if (type.custom() == null && type.kind().equals("Service")) {
            return name.length() > MAX_LABEL || !name.matches(LABEL_1035)
                    ? "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
                            + " 'abc-123', regex used for validation is '" + LABEL_1035 + "')"
                    : null;
        }
        if (name.length() > MAX_NAME) {
            return "must be no more than 253 bytes";
        }
        return name.matches(SUBDOMAIN)
                ? null
                : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                        + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                        + " validation is '" + SUBDOMAIN + "')";
    }

    /** What is wrong with a DNS label, or null. */
    static @Nullable String labelProblem(String name) {
        if (name.length() > MAX_LABEL) {
            return "must be no more than 63 bytes";
        }
        return name.matches(LABEL)
                ? null
                : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start"
                        + " and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                        + " validation is '" + LABEL + "')";
    }
}
