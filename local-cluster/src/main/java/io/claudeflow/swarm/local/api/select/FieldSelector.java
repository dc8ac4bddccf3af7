package io.claudeflow.swarm.local.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A field selector: {@code metadata.name=a,status.phase!=Running}. Only fields that a kind declares as selectable are allowed. */
public final class FieldSelector implements Predicate<JsonNode> {
    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = terms;
    }

    private record Term(String field, boolean equal, String value) {}

    /**
     * Reads a selector.
     *
     * @param selectable what may be named besides metadata.name and metadata.namespace
     * @throws ApiException 400 when it cannot be read or names another field
     */
    public static FieldSelector parse(String text, Set<String> selectable) {
        var terms = new ArrayList<Term>();
        for (var part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            boolean equal = !part.contains("!=");
            var sides = part.strip().split(equal ? "==?" : "!=", 2);
            if (sides.length != 2) {
                throw ApiException.badRequest("invalid selector: '" + text + "'; can't understand '" + part + "'");
            }
            var field = sides[0].strip();
            if (!field.equals("metadata.name") && !field.equals("metadata.namespace") && !selectable.contains(field)) {
                throw ApiException.badRequest(selectable.isEmpty()
                        ? '"' + field
                                + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                        : "field label not supported: " + field);
            }
            terms.add(new Term(field, equal, sides[1].strip()));
        }
        return new FieldSelector(terms);
    }

    /** The name that the selector pins down, or an empty string. */
    public String name() {
        return terms.stream()
                .filter(t -> t.equal && t.field.equals("metadata.name"))
                .map(Term::value)
                .findFirst()
                .orElse("");
    }

    @Override
    public boolean test(JsonNode object) {
        return terms.stream().allMatch(term -> {
            var at = object;
            for (var step : term.field.split("\\.")) {
                at = at.path(step);
            }
            return at.asText("").equals(term.value) == term.equal;
        });
    }
}
