package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.cel.RuleCheck;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.kind.Names;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.schema.Validation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validation of a whole object, by metadata, schema, rules and kind. */
final class Checks {
    /** After errors of these kinds rules are not evaluated: they could not trust what they see. */
    private static final Set<FieldError.Kind> BLOCKING = EnumSet.of(FieldError.Kind.NOT_SUPPORTED,
            FieldError.Kind.REQUIRED, FieldError.Kind.TOO_LONG, FieldError.Kind.TOO_MANY, FieldError.Kind.TYPE);

    private Checks() {}

    /**
     * Refuses what is invalid.
     *
     * @param live the object before an update, or null for a creation
     * @throws io.claudeflow.swarm.local.api.error.ApiException 422 with every error
     * @throws io.claudeflow.swarm.local.api.cel.CelPending     when rules are not compiled yet
     */
    static void check(Cluster cluster, ResourceType type, ObjectNode object, @Nullable ObjectNode live) {
        var errors = new ArrayList<>(Names.check(type, object));
        if (type.custom() != null) {
            errors.addAll(custom(cluster, type, object, live));
        } else {
            var rules = cluster.kinds().of(type);
            errors.addAll(rules.validate(object));
            if (live != null) {
                errors.addAll(rules.validateUpdate(object, live));
            }
        }
        if (live != null && Meta.deleting(live)) {
            newFinalizers(object, live, errors);
        }
        if (!errors.isEmpty()) {
            throw type.invalid(Meta.name(object), errors);
        }
    }

    private static List<FieldError> custom(Cluster cluster, ResourceType type, ObjectNode object,
            @Nullable ObjectNode live) {
        var errors = new ArrayList<>(Validation.validate(type.schema(), object));
        if (errors.stream().noneMatch(e -> BLOCKING.contains(e.kind()))) {
            errors.addAll(RuleCheck.check(cluster.rules(), type.schema(), object, live));
        } else if (type.schema().source().toString().contains("x-kubernetes-validations")) {
            errors.add(new FieldError(FieldError.Kind.INVALID, "<nil>", "null", "some validation rules were not checked"
                    + " because the object was invalid; correct the existing errors to complete validation"));
        }
        return errors;
    }

    private static void newFinalizers(ObjectNode object, ObjectNode live, List<FieldError> errors) {
        var added = new ArrayList<>(Meta.finalizers(object));
        added.removeAll(Meta.finalizers(live));
        if (!added.isEmpty()) {
            errors.add(
                    FieldError.forbidden("metadata.finalizers", "no new finalizers can be added if the object is being"
                            + " deleted, found new finalizers []string{\"" + String.join("\", \"", added) + "\"}"));
        }
    }
}
