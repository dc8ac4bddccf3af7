package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.ArrayList;
import java.util.List;

/** The defaults of a pod's spec, alone or in a template. */
final class PodDefaults {
    /** 0644. */
    private static final int FILE_MODE = 420;

    private PodDefaults() {}

    static void apply(ObjectNode spec) {
        setDefault(spec, "restartPolicy", "Always");
        setDefault(spec, "terminationGracePeriodSeconds", 30);
        setDefault(spec, "dnsPolicy", "ClusterFirst");
        setDefault(spec, "schedulerName", "default-scheduler");
        KubeJson.child(spec, "securityContext");
        if (!KubeJson.string(spec, "serviceAccountName").isEmpty()) {
            spec.put("serviceAccount", KubeJson.string(spec, "serviceAccountName"));
        } else if (!KubeJson.string(spec, "serviceAccount").isEmpty()) {
            spec.put("serviceAccountName", KubeJson.string(spec, "serviceAccount"));
        }
        objects(spec.path("containers")).forEach(PodDefaults::container);
        objects(spec.path("initContainers")).forEach(PodDefaults::container);
        objects(spec.path("volumes")).forEach(PodDefaults::volume);
    }

    private static List<ObjectNode> objects(JsonNode list) {
        var out = new ArrayList<ObjectNode>();
        list.forEach(item -> {
            if (item instanceof ObjectNode object) {
                out.add(object);
            }
        });
        return out;
    }

    private static void container(ObjectNode container) {
        setDefault(container, "terminationMessagePath", "/dev/termination-log");
        setDefault(container, "terminationMessagePolicy", "File");
        var image = KubeJson.string(container, "image");
        if (!image.isEmpty()) {
            setDefault(container, "imagePullPolicy", latest(image) ? "Always" : "IfNotPresent");
        }
        var resources = KubeJson.child(container, "resources");
        if (resources.get("limits") instanceof ObjectNode limits) {
            var requests = KubeJson.child(resources, "requests");
            limits.properties().forEach(e -> {
                if (!requests.has(e.getKey())) {
                    requests.set(e.getKey(), e.getValue());
                }
            });
        }
        for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.get(probe) instanceof ObjectNode node) {
                probe(node);
            }
        }
        for (var variable : objects(container.path("env"))) {
            if (variable.path("valueFrom").get("fieldRef") instanceof ObjectNode ref) {
                setDefault(ref, "apiVersion", "v1");
            }
        }
    }

    private static boolean latest(String image) {
        if (image.contains("@")) {
            return false;
        }
        var last = image.substring(image.lastIndexOf('/') + 1);
        return !last.contains(":") || last.endsWith(":latest");
    }

    private static void probe(ObjectNode probe) {
        setDefault(probe, "timeoutSeconds", 1);
        setDefault(probe, "periodSeconds", 10);
        setDefault(probe, "successThreshold", 1);
        setDefault(probe, "failureThreshold", 3);
        if (probe.get("httpGet") instanceof ObjectNode get) {
            setDefault(get, "path", "/");
            setDefault(get, "scheme", "HTTP");
        }
    }

    private static void volume(ObjectNode volume) {
        for (var source : List.of("configMap", "secret", "downwardAPI", "projected")) {
            if (volume.get(source) instanceof ObjectNode node) {
                setDefault(node, "defaultMode", FILE_MODE);
            }
        }
        for (var source : objects(volume.path("projected").path("sources"))) {
            if (source.get("serviceAccountToken") instanceof ObjectNode token) {
                setDefault(token, "expirationSeconds", 3600);
            }
            for (var item : objects(source.path("downwardAPI").path("items"))) {
                if (item.get("fieldRef") instanceof ObjectNode ref) {
                    setDefault(ref, "apiVersion", "v1");
                }
            }
        }
        if (volume.size() == 1) {
            volume.putObject("emptyDir");
        }
    }
}
