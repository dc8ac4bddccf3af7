package io.claudeflow.swarm.api.v1alpha1.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;

/**
 * Says of properties, or of the items of a list, that they are of several types, and bounds the values of those, where
 * the generator reads no annotation.
 *
 * <p>Input: a YAML map from the name of a property to {@code pattern}, {@code minimum}, {@code maximum}, {@code items},
 * and {@code x-kubernetes-preserve-unknown-fields: true} for what is of any type.
 */
public final class PropertyValues implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps owner, String input, KubernetesSerialization serialization) {
        var values = serialization.unmarshal("properties: " + input, JSONSchemaProps.class);
        values.getProperties().forEach((name, value) -> {
            var property = property(owner, name);
            if (Boolean.TRUE.equals(value.getXKubernetesPreserveUnknownFields())) {
                property.setType(null);
                property.setProperties(Map.of());
                property.setXKubernetesPreserveUnknownFields(true);
            }
            if (value.getItems() != null) {
                property.setItems(value.getItems());
            }
            property.setPattern(value.getPattern());
            property.setMinimum(value.getMinimum());
            property.setMaximum(value.getMaximum());
        });
        return owner;
    }

    /** That property, or an exception that fails the build and says which there are. */
    static JSONSchemaProps property(JSONSchemaProps owner, String name) {
        var property = owner.getProperties().get(name);
        if (property == null) {
            throw new IllegalArgumentException("no property " + name + "; there are " + owner.getProperties().keySet());
        }
        return property;
    }
}
