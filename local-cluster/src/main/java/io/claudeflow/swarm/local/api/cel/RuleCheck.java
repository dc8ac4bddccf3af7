package io.claudeflow.swarm.local.api.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.runtime.CelEvaluationException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates the rules of a schema against an object, from the root down; sentences as Kubernetes writes them. */
public final class RuleCheck {
    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

    private final CelRules rules;
    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> missing = new HashSet<>();

    private RuleCheck(CelRules rules) {
        this.rules = rules;
    }

    /**
     * Every rule that does not hold.
     *
     * @param before the object before an update, or null for a creation; rules that speak of oldSelf are then left out
     * @throws CelPending when rules are not compiled yet
     */
    public static List<FieldError> check(CelRules rules, Schema schema, ObjectNode object,
            @Nullable ObjectNode before) {
        var check = new RuleCheck(rules);
        check.node(schema, object, before, "");
        if (schema.namesOfMeta() instanceof Schema meta && object.has("metadata")) {
            check.node(meta, object.get("metadata"), before == null ? null : before.get("metadata"), "metadata");
        }
        if (!check.missing.isEmpty()) {
            throw new CelPending(check.missing);
        }
        return check.errors;
    }

    /**
     * The rules of a schema that cannot be compiled, by the place where a definition holds them.
     *
     * @throws CelPending when rules are not compiled yet
     */
    public static List<FieldError> compileErrors(CelRules rules, JsonNode openApiV3Schema, String path) {
        var check = new RuleCheck(rules);
        check.compiled(openApiV3Schema, path);
        if (!check.missing.isEmpty()) {
            throw new CelPending(check.missing);
        }
        return check.errors;
    }

    private void compiled(JsonNode schema, String path) {
        int index = 0;
        for (var rule : schema.path("x-kubernetes-validations")) {
            var at = path + ".x-kubernetes-validations[" + index++ + "]";
            compiled(rule, "rule", at);
            compiled(rule, "messageExpression", at);
        }
        schema.path("properties")
                .properties()
                .forEach(e -> compiled(e.getValue(), path + ".properties[" + e.getKey() + "]"));
        if (schema.path("items").isObject()) {
            compiled(schema.path("items"), path + ".items");
        }
        if (schema.path("additionalProperties").isObject()) {
            compiled(schema.path("additionalProperties"), path + ".additionalProperties");
        }
    }

    private void compiled(JsonNode rule, String field, String path) {
        var expression = KubeJson.string(rule, field);
        if (expression.isEmpty()) {
            return;
        }
        var compiled = rules.find(expression);
        if (compiled == null) {
            missing.add(expression);
        } else if (!compiled.error().isEmpty()) {
            errors.add(FieldError.invalid(path + "." + field, rule, "compilation failed: " + compiled.error()));
        }
    }

    private void node(Schema schema, JsonNode node, @Nullable JsonNode before, String path) {
        if (schema.builtIn() || node.isNull()) {
            return;
        }
        for (var rule : schema.rules()) {
            rule(schema, rule, node, before, path);
        }
        if (node instanceof ObjectNode object) {
            for (var field : object.properties()) {
                var old = before == null ? null : before.get(field.getKey());
                node(schema.field(field.getKey()), field.getValue(), old, join(schema, path, field.getKey()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                node(schema.items(), array.get(i), counterpart(schema, array.get(i), before), path + "[" + i + "]");
            }
        }
    }

    private static String join(Schema schema, String path, String field) {
        if (schema.declared(field) == null) {
            return path + "[" + field + "]";
        }
        return path.isEmpty() ? field : path + "." + field;
    }

    /** The item's old self: only the items of a list of type map have one. */
    private static @Nullable JsonNode counterpart(Schema schema, JsonNode item, @Nullable JsonNode before) {
        if (before == null || schema.listType() != Schema.ListType.MAP) {
            return null;
        }
        for (var old : before) {
            if (schema.listKeys().stream().allMatch(key -> KubeJson.same(old.path(key), item.path(key)))) {
                return old;
            }
        }
        return null;
    }

    private void rule(Schema schema, JsonNode rule, JsonNode node, @Nullable JsonNode before, String path) {
        var expression = KubeJson.string(rule, "rule");
        boolean transition = OLD_SELF.matcher(expression).find();
        if (transition && before == null) {
            return;
        }
        var program = rules.find(expression);
        if (program == null) {
            missing.add(expression);
            return;
        }
        var type = '"' + (schema.type().isEmpty() ? "object" : schema.type()) + '"';
        if (!program.error().isEmpty()) {
            errors.add(new FieldError(FieldError.Kind.INVALID, place(path, KubeJson.object()), type,
                    "rule compile error: " + program.error()));
            return;
        }
        var variables = new HashMap<String, Object>();
        variables.put("self", CelValues.of(schema, node));
        if (transition && before != null) {
            variables.put("oldSelf", CelValues.of(schema, before));
        }
        try {
            if (!Boolean.TRUE.equals(program.evaluate(variables))) {
                errors.add(refusal(rule, expression, variables, place(path, rule), type));
            }
        } catch (CelEvaluationException e) {
            errors.add(new FieldError(FieldError.Kind.INVALID, place(path, KubeJson.object()), type,
                    reason(e) + " evaluating rule: " + shown(rule, expression)));
        }
    }

    /** The field to blame: the rule's own place unless it names one below; the whole object has no name. */
    private static String place(String path, JsonNode rule) {
        var below = KubeJson.string(rule, "fieldPath");
        var place = path.isEmpty() && !below.isEmpty() ? below.substring(1) : path + below;
        return place.isEmpty() ? "<nil>" : place;
    }

    private static String reason(CelEvaluationException e) {
        var text = String.valueOf(e.getMessage());
        return text.replaceFirst("^evaluation error( at [^:]*:\\d+)?: ", "")
                .replaceFirst("^key '(.*)' is not present in map\\.$",
                        "no such key: $1");
    }

    private static String shown(JsonNode rule, String expression) {
        var message = KubeJson.string(rule, "message");
        return message.isEmpty() ? expression : message;
    }

    private FieldError refusal(JsonNode rule, String expression, Map<String, Object> variables, String path,
            String type) {
        var message = message(rule, expression, variables);
        return switch (KubeJson.string(rule, "reason")) {
            case "FieldValueForbidden" -> FieldError.forbidden(path, message);
            case "FieldValueRequired" -> FieldError.required(path, message);
            case "FieldValueDuplicate" -> new FieldError(FieldError.Kind.DUPLICATE, path, type, "");
            default -> new FieldError(FieldError.Kind.INVALID, path, type, message);
        };
    }

    private String message(JsonNode rule, String expression, Map<String, Object> variables) {
        var dynamic = KubeJson.string(rule, "messageExpression");
        var program = dynamic.isEmpty() ? null : rules.find(dynamic);
        if (!dynamic.isEmpty() && program == null) {
            missing.add(dynamic);
        } else if (program != null && program.error().isEmpty()) {
            try {
                if (program.evaluate(variables) instanceof String text && !text.isBlank()) {
                    return text.strip();
                }
            } catch (CelEvaluationException e) {
                // Kubernetes falls back to the fixed message, too.
            }
        }
        var fixed = KubeJson.string(rule, "message");
        return fixed.isEmpty() ? "failed rule: " + expression.strip() : fixed;
    }
}
