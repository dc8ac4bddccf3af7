package io.claudeflow.swarm.local.api.error;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.KubeJson;

/**
 * One thing wrong with one field, worded as Kubernetes' field.Error words it.
 *
 * @param kind   what is wrong
 * @param field  the path, such as {@code spec.containers[0].name}; {@code <nil>} when no field is to blame
 * @param value  the value as the sentence shows it, or empty where the kind shows none
 * @param detail the rest of the sentence, or empty
 */
public record FieldError(Kind kind, String field, String value, String detail) {
    /** What is wrong: its words, and the cause's reason in a Status. */
    public enum Kind {
        REQUIRED("Required value", "FieldValueRequired"), INVALID("Invalid value", "FieldValueInvalid"), TYPE(
                "Invalid value",
                "FieldValueTypeInvalid"), NOT_SUPPORTED("Unsupported value", "FieldValueNotSupported"), DUPLICATE(
                        "Duplicate value", "FieldValueDuplicate"), FORBIDDEN("Forbidden",
                                "FieldValueForbidden"), TOO_LONG("Too long", "FieldValueTooLong"), TOO_MANY("Too many",
                                        "FieldValueTooMany"), NOT_FOUND("Not found", "FieldValueNotFound");

        private final String words;
        private final String reason;

        Kind(String words, String reason) {
            this.words = words;
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    public static FieldError required(String field, String detail) {
        return new FieldError(Kind.REQUIRED, field, "", detail);
    }

    public static FieldError invalid(String field, JsonNode value, String detail) {
        return new FieldError(Kind.INVALID, field, shown(value), detail);
    }

    public static FieldError forbidden(String field, String detail) {
        return new FieldError(Kind.FORBIDDEN, field, "", detail);
    }

    public static FieldError duplicate(String field, JsonNode value) {
        return new FieldError(Kind.DUPLICATE, field, shown(value), "");
    }

    /** A value as Go prints it in these sentences: texts quoted, numbers bare. */
    public static String shown(JsonNode value) {
        return value.isMissingNode() ? "null" : KubeJson.text(value);
    }

    /** The sentence without the field. */
    public String body() {
        var text = new StringBuilder(kind.words);
        if (!value.isEmpty()) {
            text.append(": ").append(value);
        }
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return field + ": " + body();
    }
}
