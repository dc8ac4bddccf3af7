package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a container may learn of its own pod.
 *
 * @param pod    as the API has it
 * @param podIp  which the API may not know yet
 * @param hostIp of the node
 * @param node   allocatable resources, for what the container does not limit
 */
record DownwardApi(Pod pod, String podIp, String hostIp, Map<String, Quantity> node) {
    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['(.*)']");

    /** A field of the pod by its path; a label or annotation that is not there is empty. */
    String field(String path) throws Missing {
        var meta = pod.getMetadata();
        var keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            return entries(keyed.group(1)).getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> meta.getName();
            case "metadata.namespace" -> meta.getNamespace();
            case "metadata.uid" -> meta.getUid();
            case "metadata.labels" -> lines(entries("labels"));
            case "metadata.annotations" -> lines(entries("annotations"));
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> hostIp;
            default -> throw new Missing("fieldPath \"" + path + "\" is not supported");
        };
    }

    /** A resource of a container, in units of the divisor, rounded up. */
    String resource(ResourceFieldSelector selector, Container self) throws Missing {
        var container = selector.getContainerName() == null
                ? self
                : pod.getSpec()
                        .getContainers()
                        .stream()
                        .filter(candidate -> candidate.getName().equals(selector.getContainerName()))
                        .findFirst()
                        .orElse(self);
        var path = selector.getResource();
        int dot = path.indexOf('.');
        var name = path.substring(dot + 1);
        var resources = container.getResources();
        Map<String, Quantity> limits = resources == null ? null : resources.getLimits();
        Map<String, Quantity> requests = resources == null ? null : resources.getRequests();
        Quantity amount = switch (dot < 0 ? "" : path.substring(0, dot)) {
            case "limits" -> find(limits, name) == null ? node.get(name) : find(limits, name);
            case "requests" -> find(requests, name) == null ? new Quantity("0") : find(requests, name);
            default -> null;
        };
        if (amount == null) {
            throw new Missing("resource \"" + path + "\" is not supported");
        }
        var divisor = selector.getDivisor() == null ? BigDecimal.ZERO : selector.getDivisor().getNumericalAmount();
        return amount.getNumericalAmount()
                .divide(divisor.signum() == 0 ? BigDecimal.ONE : divisor, 0, RoundingMode.CEILING)
                .toPlainString();
    }

    private static @Nullable Quantity find(@Nullable Map<String, Quantity> resources, String name) {
        return resources == null ? null : resources.get(name);
    }

    private Map<String, String> entries(String what) {
        var map = what.equals("labels") ? pod.getMetadata().getLabels() : pod.getMetadata().getAnnotations();
        return map == null ? Map.of() : map;
    }

    /** {@code key="value"}, sorted, the value quoted as Go quotes. */
    private static String lines(Map<String, String> map) {
        return new TreeMap<>(map).entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=\""
                        + entry.getValue().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"")
                .collect(Collectors.joining("\n"));
    }
}
