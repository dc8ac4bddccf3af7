package io.claudeflow.swarm.local.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.rest.Call;
import io.claudeflow.swarm.local.api.rest.Listing;
import io.claudeflow.swarm.local.api.table.Tables;
import java.util.List;

/** Objects and lists in the form that the caller accepts. */
final class Forms {
    private final Tables tables;

    Forms(Tables tables) {
        this.tables = tables;
    }

    ObjectNode one(Call call, Accepted form, ObjectNode object) {
        return switch (form) {
            case OBJECTS -> object;
            case METADATA -> Tables.metadata(object);
            case TABLE -> {
                var table = tables.table(call.type(), List.of(object), carried(call), true);
                KubeJson.child(table, "metadata")
                        .put("resourceVersion",
                                KubeJson.string(object, "metadata", "resourceVersion"));
                yield table;
            }
        };
    }

    /** An object of a watch; only the first table describes its columns. */
    ObjectNode event(Call call, Accepted form, ObjectNode object, boolean first) {
        if (form != Accepted.TABLE) {
            return one(call, form, object);
        }
        var table = tables.table(call.type(), List.of(object), carried(call), first);
        KubeJson.child(table, "metadata")
                .put("resourceVersion", KubeJson.string(object, "metadata", "resourceVersion"));
        return table;
    }

    ObjectNode page(Call call, Accepted form, Listing.Page page) {
        var list = switch (form) {
            case TABLE -> tables.table(call.type(), page.items(), carried(call), true);
            case METADATA -> items(KubeJson.object()
                    .put("kind", "PartialObjectMetadataList")
                    .put("apiVersion", "meta.k8s.io/v1"), page.items().stream().map(Tables::metadata).toList());
            case OBJECTS -> items(KubeJson.object()
                    .put("kind", listKind(call.type()))
                    .put("apiVersion", call.type().apiVersion()),
                    call.type().custom() == null
                            ? page.items().stream().map(Forms::untyped).toList()
                            : page.items());
        };
        var meta = KubeJson.child(list, "metadata").put("resourceVersion", String.valueOf(page.revision()));
        if (!page.more().isEmpty()) {
            meta.put("continue", page.more());
        }
        if (page.remaining() >= 0) {
            meta.put("remainingItemCount", page.remaining());
        }
        return list;
    }

    private static ObjectNode items(ObjectNode list, List<ObjectNode> items) {
        list.putObject("metadata");
        list.putArray("items").addAll(items);
        return list;
    }

    /** The items of a list of a built-in kind do not repeat what the list says. */
    private static ObjectNode untyped(ObjectNode object) {
        var out = KubeJson.object();
        out.setAll(object);
        out.remove(List.of("apiVersion", "kind"));
        return out;
    }

    private static String listKind(ResourceType type) {
        return type.kind() + "List";
    }

    private static Tables.Carried carried(Call call) {
        return Tables.Carried.of(call.parameter("includeObject"));
    }
}
