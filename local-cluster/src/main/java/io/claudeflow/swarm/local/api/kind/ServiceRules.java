package io.claudeflow.swarm.local.api.kind;

import static io.claudeflow.swarm.local.api.json.KubeJson.setDefault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Services: defaults, and an address from 10.96.0.0/16 that names them (nothing listens there: see DIFFERENCES.md). */
final class ServiceRules implements KindRules {
    private static final String NETWORK = "10.96.";
    private static final int FIRST_NODE_PORT = 30_000;
    private static final int LAST_NODE_PORT = 32_767;

    @Override
    public void defaults(ObjectNode service) {
        var spec = KubeJson.child(service, "spec");
        setDefault(spec, "type", "ClusterIP");
        setDefault(spec, "sessionAffinity", "None");
        spec.path("ports").forEach(p -> {
            if (p instanceof ObjectNode port && !port.hasNonNull("targetPort") && port.has("port")) {
                port.set("targetPort", port.get("port"));
            }
        });
        if (!external(spec)) {
            setDefault(spec, "internalTrafficPolicy", "Cluster");
        }
        if (exposed(spec)) {
            setDefault(spec, "externalTrafficPolicy", "Cluster");
        }
    }

    private static boolean external(ObjectNode spec) {
        return KubeJson.string(spec, "type").equals("ExternalName");
    }

    private static boolean exposed(ObjectNode spec) {
        return Set.of("NodePort", "LoadBalancer").contains(KubeJson.string(spec, "type"));
    }

    @Override
    public void create(ObjectNode service, Store store) {
        service.putObject("status").putObject("loadBalancer");
        allocate(service, store);
    }

    @Override
    public void update(ObjectNode next, ObjectNode live, Store store) {
        var spec = KubeJson.child(next, "spec");
        for (var given : List.of("clusterIP", "clusterIPs")) {
            if (!spec.has(given) && live.path("spec").has(given) && !external(spec)) {
                spec.set(given, live.path("spec").get(given).deepCopy());
            }
        }
        allocate(next, store);
    }

    private static void allocate(ObjectNode service, Store store) {
        var spec = KubeJson.child(service, "spec");
        if (external(spec)) {
            return;
        }
        var address = KubeJson.string(spec, "clusterIP");
        var mine = Meta.namespace(service) + "/" + Meta.name(service);
        var addresses = new HashSet<String>();
        var ports = new HashSet<Integer>();
        for (var other : store.list(BuiltInKinds.SERVICES, "")) {
            if (!Store.place(other).equals(mine)) {
                addresses.add(KubeJson.string(other, "spec", "clusterIP"));
                other.path("spec").path("ports").forEach(p -> ports.add(p.path("nodePort").asInt()));
            }
        }
        if (address.isEmpty()) {
            address = free(addresses);
        } else if (!address.equals("None") && addresses.contains(address)) {
            throw ApiException.invalid("", "Service", Meta.name(service), List.of(FieldError.invalid("spec.clusterIPs",
                    KubeJson.arrayOf(List.of(address)),
                    "failed to allocate IP " + address + ": provided IP is already allocated")));
        }
        spec.put("clusterIP", address);
        spec.set("clusterIPs", KubeJson.arrayOf(List.of(address)));
        spec.set("ipFamilies", KubeJson.arrayOf(List.of("IPv4")));
        spec.put("ipFamilyPolicy", "SingleStack");
        if (exposed(spec)) {
            int index = 0;
            for (var port : spec.path("ports")) {
                nodePort((ObjectNode) port, ports, Meta.name(service), "spec.ports[" + index++ + "].nodePort");
            }
        }
    }

    private static void nodePort(ObjectNode port, Set<Integer> taken, String service, String field) {
        int wanted = port.path("nodePort").asInt(0);
        if (wanted != 0 && !taken.add(wanted)) {
            throw ApiException.invalid("", "Service", service,
                    List.of(FieldError.invalid(field, port.path("nodePort"), "provided port is already allocated")));
        }
        for (int i = FIRST_NODE_PORT; wanted == 0 && i <= LAST_NODE_PORT; i++) {
            if (taken.add(i)) {
                wanted = i;
                port.put("nodePort", i);
            }
        }
    }

    /** The first free address; .0.1 is the API's own service. */
    private static String free(Set<String> taken) {
        for (int i = 1; i < 0xFFFF; i++) {
            var address = NETWORK + (i >> 8) + "." + (i & 0xFF);
            if (!taken.contains(address)) {
                return address;
            }
        }
        throw ApiException.internal("failed to allocate a serviceIP: range is full");
    }

    @Override
    public List<FieldError> validate(ObjectNode service) {
        var errors = new ArrayList<FieldError>();
        var spec = service.path("spec");
        var type = KubeJson.string(spec, "type");
        boolean headless = KubeJson.string(spec, "clusterIP").equals("None");
        if (!Set.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName").contains(type)) {
            errors.add(new FieldError(FieldError.Kind.NOT_SUPPORTED, "spec.type", KubeJson.text(TextNode.valueOf(type)),
                    "supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\""));
        }
        if (spec.path("ports").isEmpty() && !headless && !type.equals("ExternalName")) {
            errors.add(FieldError.required("spec.ports", ""));
        }
        int index = 0;
        for (var port : spec.path("ports")) {
            var at = "spec.ports[" + index++ + "]";
            int number = port.path("port").asInt(0);
            if (number < 1 || number > 0xFFFF) {
                errors.add(FieldError.invalid(at + ".port", port.path("port"),
                        "must be between 1 and 65535, inclusive"));
            }
            if (spec.path("ports").size() > 1 && KubeJson.string(port, "name").isEmpty()) {
                errors.add(FieldError.required(at + ".name", ""));
            }
        }
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        var address = KubeJson.string(live, "spec", "clusterIP");
        boolean changed = !address.isEmpty() && !address.equals(KubeJson.string(next, "spec", "clusterIP"))
                && KubeJson.string(next, "spec", "type").equals(KubeJson.string(live, "spec", "type"));
        return changed
                ? List.of(FieldError.invalid("spec.clusterIPs[0]", next.path("spec").path("clusterIPs"),
                        "may not change once set"))
                : List.of();
    }
}
