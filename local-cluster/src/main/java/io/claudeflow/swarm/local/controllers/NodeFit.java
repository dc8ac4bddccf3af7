package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node suits a pod: node selector, required node affinity, and extended resources such as {@code nvidia.com/gpu}. CPU
 * and memory are not counted: a laptop shares them.
 */
final class NodeFit {
    private NodeFit() {}

    /** Why the node does not suit, worded to follow its name, or empty. */
    static Optional<String> misfit(PodSpec spec, Node node) {
        Map<String, String> labels = orEmpty(node.getMetadata().getLabels());
        for (var wanted : orEmpty(spec.getNodeSelector()).entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return Optional.of("has no label " + wanted.getKey() + "=" + wanted.getValue());
            }
        }
        var affinity = spec.getAffinity() == null ? null : spec.getAffinity().getNodeAffinity();
        var required = affinity == null ? null : affinity.getRequiredDuringSchedulingIgnoredDuringExecution();
        if (required != null
                && required.getNodeSelectorTerms().stream().noneMatch(term -> matches(term, labels, node))) {
            return Optional.of("matches none of the required node affinity's terms");
        }
        return missingResource(spec, node);
    }

    private static Optional<String> missingResource(PodSpec spec, Node node) {
        var allocatable = node.getStatus().getAllocatable();
        for (var container : spec.getContainers()) {
            var limits = container.getResources() == null ? null : container.getResources().getLimits();
            for (var name : orEmpty(limits).keySet()) {
                if (name.contains("/") && !orEmpty(allocatable).containsKey(name)) {
                    return Optional.of("has no " + name);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean matches(NodeSelectorTerm term, Map<String, String> labels, Node node) {
        var fields = Map.of("metadata.name", node.getMetadata().getName());
        boolean any = !term.getMatchExpressions().isEmpty() || !term.getMatchFields().isEmpty();
        return any && term.getMatchExpressions().stream().allMatch(rule -> matches(rule, labels.get(rule.getKey())))
                && term.getMatchFields().stream().allMatch(rule -> matches(rule, fields.get(rule.getKey())));
    }

    private static boolean matches(NodeSelectorRequirement rule, @Nullable String value) {
        List<String> values = rule.getValues();
        return switch (rule.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && Long.parseLong(value) > Long.parseLong(values.getFirst());
            case "Lt" -> value != null && Long.parseLong(value) < Long.parseLong(values.getFirst());
            default -> false;
        };
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
