package io.claudeflow.swarm.local.api.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One resource in one version, built in or custom.
 *
 * @param stored       what its objects are stored under; events of both groups are stored together
 * @param group        the group that it is served in, empty for the core group
 * @param version      such as {@code v1}
 * @param singular     lower case
 * @param subresources such as {@code status}, {@code scale}
 * @param verbs        what the collection and its objects allow
 * @param selectable   the fields that field selectors may name
 * @param definition   the OpenAPI definition's name
 * @param schemaSource made when first needed
 * @param custom       the entry of the CustomResourceDefinition's {@code versions}, or null for built-in kinds
 */
public record ResourceType(GroupResource stored, String group, String version, String kind, String singular,
        boolean namespaced,
        List<String> shortNames, List<String> categories, Set<String> subresources, Set<String> verbs,
        Set<String> selectable, String definition, Supplier<Schema> schemaSource, @Nullable ObjectNode custom) {
    public static final Set<String> ALL_VERBS = Set.of("create", "delete", "deletecollection", "get", "list", "patch",
            "update", "watch");

    public String plural() {
        return stored.plural();
    }

    /** Group and version as objects write it in apiVersion. */
    public String apiVersion() {
        return group().isEmpty() ? version : group() + "/" + version;
    }

    public Schema schema() {
        return schemaSource.get();
    }

    public boolean has(String subresource) {
        return subresources.contains(subresource);
    }

    public boolean is(GroupResource other) {
        return stored.equals(other);
    }

    public ApiException notFound(String name) {
        return ApiException.notFound(group(), plural(), name);
    }

    public ApiException forbidden(String name, String sentence) {
        return ApiException.forbidden(group(), plural(), name, sentence);
    }

    public ApiException conflict(String name, String sentence) {
        return ApiException.conflict(group(), plural(), name, sentence);
    }

    public ApiException invalid(String name, List<FieldError> errors) {
        return ApiException.invalid(group(), kind, name, errors);
    }
}
