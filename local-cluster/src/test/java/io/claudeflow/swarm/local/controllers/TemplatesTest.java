package io.claudeflow.swarm.local.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    @Test
    void equalTemplatesHaveTheSameHashWhateverTheOrderOfTheirLabels() {
        assertEquals(Templates.hash(template("a", "b", "image:1")), Templates.hash(template("b", "a", "image:1")));
        assertNotEquals(Templates.hash(template("a", "b", "image:1")), Templates.hash(template("a", "b", "image:2")));
    }

    @Test
    void theHashLabelItselfDoesNotCount() {
        var labelled = template("a", "b", "image:1").edit()
                .editMetadata()
                .addToLabels(Templates.HASH_LABEL, "x")
                .endMetadata()
                .build();

        assertEquals(Templates.hash(template("a", "b", "image:1")), Templates.hash(labelled));
    }

    private static PodTemplateSpec template(String first, String second, String image) {
        return new PodTemplateSpecBuilder().withNewMetadata()
                .addToLabels(first, "1")
                .addToLabels(second, "1")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }
}
