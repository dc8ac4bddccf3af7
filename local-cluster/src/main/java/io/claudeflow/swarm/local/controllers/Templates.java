package io.claudeflow.swarm.local.controllers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What controllers of pods share: the hash of a template, a pod made from it, and who owns a pod. Pure. */
final class Templates {
    static final String HASH_LABEL = "pod-template-hash";
    /** Letters without vowels, as Kubernetes uses them, so that no word comes out. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .build();

    private Templates() {}

    /** The same for equal templates, whatever hash label they carry; 10 letters. */
    static String hash(PodTemplateSpec template) {
        try {
            Map<?, ?> tree = CANONICAL.convertValue(template, Map.class);
            if (tree.get("metadata") instanceof Map<?, ?> metadata
                    && metadata.get("labels") instanceof Map<?, ?> labels) {
                labels.remove(HASH_LABEL);
            }
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(CANONICAL.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8));
            var text = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                text.append(ALPHABET.charAt((digest[i] & 0xff) % ALPHABET.length()));
            }
            return text.toString();
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("template cannot be hashed", e);
        }
    }

    /** Five random letters for a pod's name. */
    static String suffix() {
        var text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** A pod of that template, controlled by the owner. */
    static Pod pod(PodTemplateSpec template, HasMetadata owner, String name) {
        Map<String, String> labels = new HashMap<>(orEmpty(template.getMetadata().getLabels()));
        Map<String, String> annotations = new HashMap<>(orEmpty(template.getMetadata().getAnnotations()));
        return new PodBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(owner.getMetadata().getNamespace())
                .withLabels(labels)
                .withAnnotations(annotations)
                .withFinalizers(template.getMetadata().getFinalizers())
                .withOwnerReferences(controllerReference(owner))
                .endMetadata()
                .withSpec(new PodBuilder().withSpec(template.getSpec()).build().getSpec())
                .build();
    }

    static OwnerReference controllerReference(HasMetadata owner) {
        return new OwnerReferenceBuilder().withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    static boolean controlledBy(HasMetadata object, HasMetadata owner) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return owners != null && owners.stream()
                .anyMatch(reference -> Boolean.TRUE.equals(reference.getController())
                        && reference.getUid().equals(owner.getMetadata().getUid()));
    }

    static boolean ready(Pod pod) {
        return pod.getStatus() != null && pod.getStatus()
                .getConditions()
                .stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** Neither ended nor being deleted. */
    static boolean active(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && !ended(pod);
    }

    static boolean ended(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
