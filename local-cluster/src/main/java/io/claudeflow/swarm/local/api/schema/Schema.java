package io.claudeflow.swarm.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A structural schema: one node of an OpenAPI schema, read when asked. Children are made once and kept, so a big schema costs only
 * what is used of it. One thread.
 */
public final class Schema {
    /** How a list's items are told apart (x-kubernetes-list-type). */
    public enum ListType {
        ATOMIC, SET, MAP
    }

    static final String REF = "#/components/schemas/";
    /** Whatever lies where no schema says what it is: kept, and owned leaf by leaf. */
    public static final Schema ANY = new Schema(
            KubeJson.object().put("x-kubernetes-preserve-unknown-fields", true), name -> null, false);

    private final ObjectNode source;
    private final Function<String, @Nullable ObjectNode> definitions;
    private final boolean builtIn;
    private final String definition;
    private final @Nullable Schema namesOfMeta;
    private final Map<String, Schema> children = new HashMap<>();

    private Schema(ObjectNode source, Function<String, @Nullable ObjectNode> definitions, boolean builtIn) {
        this(source, definitions, builtIn, null);
    }

    private Schema(ObjectNode source, Function<String, @Nullable ObjectNode> definitions, boolean builtIn,
            @Nullable Schema namesOfMeta) {
        this.namesOfMeta = namesOfMeta;
        var ref = KubeJson.string(source, "$ref");
        this.definitions = definitions;
        this.builtIn = builtIn || !ref.isEmpty();
        this.definition = ref.isEmpty() ? "" : ref.substring(REF.length());
        this.source = ref.isEmpty() ? source : resolved(source, definitions.apply(definition));
    }

    /** A custom resource's schema; {@code definitions} holds what its metadata refers to. */
    static Schema custom(ObjectNode source, Function<String, @Nullable ObjectNode> definitions) {
        return new Schema(source, definitions, false);
    }

    /** The same, whose author has more to say of metadata.name and metadata.generateName. */
    static Schema custom(ObjectNode source, Function<String, @Nullable ObjectNode> definitions, ObjectNode meta) {
        return new Schema(source, definitions, false, custom(meta, definitions));
    }

    /** A built-in kind's schema. */
    static Schema builtIn(ObjectNode source, Function<String, @Nullable ObjectNode> definitions) {
        return new Schema(source, definitions, true);
    }

    private static ObjectNode resolved(ObjectNode source, @Nullable ObjectNode target) {
        var merged = KubeJson.object();
        if (target != null) {
            merged.setAll(target);
        }
        source.properties().forEach(e -> {
            if (!e.getKey().equals("$ref")) {
                merged.set(e.getKey(), e.getValue());
            }
        });
        return merged;
    }

    /** The schema's own JSON, its reference resolved. */
    public ObjectNode source() {
        return source;
    }

    /** The definition that this node refers to, or an empty string. */
    public String definition() {
        return definition;
    }

    /** The field's schema, or null when no property of that name is declared. */
    public @Nullable Schema declared(String field) {
        var known = children.get(field);
        if (known == null && source.path("properties").get(field) instanceof ObjectNode property) {
            known = new Schema(property, definitions, builtIn);
            children.put(field, known);
        }
        return known;
    }

    /** What a custom resource's author demands of metadata besides what Kubernetes does, or null. */
    public @Nullable Schema namesOfMeta() {
        return namesOfMeta;
    }

    /** The schema of whatever lies under that field: declared, additional, or {@link #ANY}. */
    public Schema field(String field) {
        var declared = declared(field);
        if (declared != null) {
            return declared;
        }
        var additional = additional();
        return additional != null ? additional : ANY;
    }

    /** The schema of a map's values, or null when this is no map. */
    public @Nullable Schema additional() {
        return source.get("additionalProperties") instanceof ObjectNode node
                ? children.computeIfAbsent("{}", _ -> new Schema(node, definitions, builtIn))
                : source.path("additionalProperties").asBoolean(false) ? ANY : null;
    }

    /** The schema of a list's items; {@link #ANY} when it says nothing. */
    public Schema items() {
        return source.get("items") instanceof ObjectNode node
                ? children.computeIfAbsent("[]", _ -> new Schema(node, definitions, builtIn))
                : ANY;
    }

    /** The names of the declared properties. */
    public Iterable<String> properties() {
        return source.path("properties")::fieldNames;
    }

    /** The JSON type, or an empty string when any is allowed. */
    public String type() {
        return KubeJson.string(source, "type");
    }

    public boolean intOrString() {
        return source.path("x-kubernetes-int-or-string").asBoolean(false)
                || KubeJson.string(source, "format").equals("int-or-string");
    }

    /** A resource quantity of a built-in kind: a text, for which a number may be written. */
    public boolean quantity() {
        return definition.endsWith(".api.resource.Quantity");
    }

    public boolean nullable() {
        return source.path("nullable").asBoolean(false);
    }

    public boolean embedded() {
        return source.path("x-kubernetes-embedded-resource").asBoolean(false);
    }

    /** Whether this node belongs to a Go type: nulls vanish on reading instead of being errors. */
    public boolean builtIn() {
        return builtIn;
    }

    /** Whether fields that are not declared are kept. */
    public boolean preservesUnknown() {
        if (source.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)) {
            return true;
        }
        boolean shapeless = !source.has("properties") && !source.has("additionalProperties");
        return builtIn && shapeless;
    }

    public @Nullable JsonNode defaultValue() {
        return source.get("default");
    }

    public ListType listType() {
        return switch (KubeJson.string(source, "x-kubernetes-list-type")) {
            case "map" -> ListType.MAP;
            case "set" -> ListType.SET;
            default -> ListType.ATOMIC;
        };
    }

    /** The fields that tell the items of a list of type map apart. */
    public List<String> listKeys() {
        return KubeJson.strings(source.path("x-kubernetes-list-map-keys"));
    }

    /** Whether the object is owned as a whole. */
    public boolean atomicMap() {
        return KubeJson.string(source, "x-kubernetes-map-type").equals("atomic");
    }

    /** The words of x-kubernetes-patch-strategy: merge, replace, retainKeys. */
    public List<String> patchStrategy() {
        var text = KubeJson.string(source, "x-kubernetes-patch-strategy");
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    public String patchMergeKey() {
        return KubeJson.string(source, "x-kubernetes-patch-merge-key");
    }

    /** The validation rules of this node, as they are written. */
    public JsonNode rules() {
        return source.path("x-kubernetes-validations");
    }
}
