package io.claudeflow.swarm.local.api.table;

import static io.claudeflow.swarm.local.api.table.Column.text;
import static io.claudeflow.swarm.local.api.table.Column.wide;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import java.util.ArrayList;
import java.util.List;

/** Services and their endpoints. */
final class NetworkColumns {
    private static final int SHOWN = 3;

    private NetworkColumns() {}

    static List<Column> service(Column age) {
        return List.of(text("Type", o -> KubeJson.string(o, "spec", "type")),
                text("Cluster-IP", o -> Cells.textAt(o, "spec", "clusterIP")), text("External-IP", o -> externalIp(o)),
                text("Port(s)", o -> ports(o.path("spec").path("ports"))), age,
                wide("Selector", o -> Cells.labels(o.path("spec").path("selector"))));
    }

    private static String externalIp(JsonNode service) {
        return switch (KubeJson.string(service, "spec", "type")) {
            case "ExternalName" -> KubeJson.string(service, "spec", "externalName");
            case "LoadBalancer" ->
                Cells.or(Cells.list(service.path("status").path("loadBalancer").path("ingress"), "ip"),
                        "<pending>");
            default -> Cells.or(String.join(",", KubeJson.strings(service.path("spec").path("externalIPs"))),
                    Cells.NONE);
        };
    }

    private static String ports(JsonNode ports) {
        var out = new ArrayList<String>();
        for (var port : ports) {
            var node = port.path("nodePort").asInt(0);
            out.add(port.path("port").asText() + (node == 0 ? "" : ":" + node) + "/"
                    + KubeJson.string(port, "protocol"));
        }
        return Cells.or(String.join(",", out), Cells.NONE);
    }

    static List<Column> endpoints(Column age) {
        return List.of(text("Endpoints", o -> {
            var out = new ArrayList<String>();
            for (var subset : o.path("subsets")) {
                for (var address : subset.path("addresses")) {
                    if (subset.path("ports").isEmpty()) {
                        out.add(KubeJson.string(address, "ip"));
                    }
                    subset.path("ports")
                            .forEach(p -> out.add(KubeJson.string(address, "ip") + ":" + p.path("port").asText()));
                }
            }
            return shortened(out, Cells.NONE);
        }), age);
    }

    static List<Column> slice(Column age) {
        return List.of(text("AddressType", o -> KubeJson.string(o, "addressType")), text("Ports", o -> {
            var out = new ArrayList<String>();
            o.path("ports").forEach(p -> out.add(p.path("port").asText()));
            return shortened(out, "<unset>");
        }), text("Endpoints", o -> {
            var out = new ArrayList<String>();
            o.path("endpoints").forEach(e -> out.addAll(KubeJson.strings(e.path("addresses"))));
            return shortened(out, "<unset>");
        }), age);
    }

    private static String shortened(List<String> items, String none) {
        if (items.isEmpty()) {
            return none;
        }
        return items.size() <= SHOWN
                ? String.join(",", items)
                : String.join(",", items.subList(0, SHOWN)) + " + " + (items.size() - SHOWN) + " more...";
    }
}
