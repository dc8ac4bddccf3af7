package io.claudeflow.swarm.api.v1alpha1.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Finishes the schema of one kind: description and name of the kind itself, conditions as a list-map by type (two field
 * managers write them), named lists as list-maps by name (which refuses a name that occurs twice), a pattern on every
 * quantity, and each rule once (the generator finds those of a record at its field and again at its accessor).
 *
 * <p>Input: YAML with {@code description}, and optionally {@code nameLength}, {@code namePattern} and {@code
 * nameMessage}.
 */
public final class KindSchema implements SchemaCustomizer.Customizer {
    private static final String LIST_MAP = "map";

    @Override
    public JSONSchemaProps apply(JSONSchemaProps kind, String input, KubernetesSerialization serialization) {
        Map<?, ?> facts = serialization.unmarshal(input, Map.class);
        kind.setDescription(String.valueOf(facts.get("description")));
        PropertyValues.property(kind, "spec").setDescription("What is wanted.");
        PropertyValues.property(kind, "status").setDescription("What is so, written by the operators.");
        kind.setRequired(List.of("spec"));
        finish("", kind);
        if (facts.get("nameLength") instanceof Integer length) {
            kind.getProperties().put("metadata", metadata(length, facts));
        }
        return kind;
    }

    private static JSONSchemaProps metadata(int length, Map<?, ?> facts) {
        var rule = "self.size() <= " + length;
        if (facts.get("namePattern") instanceof String pattern) {
            rule += " && self.matches('" + pattern + "')";
        }
        var name = new JSONSchemaPropsBuilder().withType("string")
                .addNewXKubernetesValidation()
                .withRule(rule)
                .withMessage(String.valueOf(facts.get("nameMessage")))
                .endXKubernetesValidation()
                .build();
        return new JSONSchemaPropsBuilder().withType("object").addToProperties("name", name).build();
    }

    private static void finish(String name, JSONSchemaProps schema) {
        schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString()) && schema.getPattern() == null) {
            schema.setPattern(Patterns.QUANTITY);
        }
        var items = schema.getItems() == null ? null : schema.getItems().getSchema();
        if (items != null) {
            if (items.getProperties().containsKey("valueFrom")) {
                items.setRequired(List.of("name"));
            }
            listMap(name, schema, items);
            finish(name + "[]", items);
        }
        if (schema.getAdditionalProperties() != null && schema.getAdditionalProperties().getSchema() != null) {
            finish(name + "{}", schema.getAdditionalProperties().getSchema());
        }
        schema.getProperties().forEach(KindSchema::finish);
    }

    private static void listMap(String name, JSONSchemaProps list, JSONSchemaProps item) {
        if (name.equals("conditions")) {
            list.setXKubernetesListType(LIST_MAP);
            list.setXKubernetesListMapKeys(List.of("type"));
            item.setRequired(List.of("type", "status"));
        } else if (item.getRequired().contains("name")) {
            list.setXKubernetesListType(LIST_MAP);
            list.setXKubernetesListMapKeys(List.of("name"));
        }
    }
}
