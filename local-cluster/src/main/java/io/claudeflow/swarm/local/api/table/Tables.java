package io.claudeflow.swarm.local.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Renders objects as a meta.k8s.io/v1 Table. */
public final class Tables {
    private final Clock clock;
    private final BuiltInColumns builtIn;

    public Tables(Clock clock) {
        this.clock = clock;
        this.builtIn = new BuiltInColumns(clock);
    }

    /** How much of each object a row carries (the parameter includeObject). */
    public enum Carried {
        NONE, METADATA, OBJECT;

        public static Carried of(String parameter) {
            return switch (parameter) {
                case "None" -> NONE;
                case "Object" -> OBJECT;
                default -> METADATA;
            };
        }
    }

    /**
     * A table of objects.
     *
     * @param definitions whether the columns are described; in a watch only the first table does
     */
    public ObjectNode table(ResourceType type, List<ObjectNode> objects, Carried carried, boolean definitions) {
        var columns = columns(type);
        var table = KubeJson.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        var described = table.putArray("columnDefinitions");
        if (definitions) {
            for (var column : columns) {
                described.addObject()
                        .put("name", column.name())
                        .put("type", column.type())
                        .put("format", column.name().equals("Name") ? "name" : "")
                        .put("description", "")
                        .put("priority", column.priority());
            }
        }
        var rows = table.putArray("rows");
        for (var object : objects) {
            var row = rows.addObject();
            var cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().apply(object)));
            if (carried == Carried.OBJECT) {
                row.set("object", object);
            } else if (carried == Carried.METADATA) {
                row.set("object", metadata(object));
            }
        }
        return table;
    }

    /** The object without anything but its metadata. */
    public static ObjectNode metadata(ObjectNode object) {
        var out = KubeJson.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        out.set("metadata", object.path("metadata"));
        return out;
    }

    private List<Column> columns(ResourceType type) {
        var columns = new ArrayList<Column>();
        if (type.custom() == null && type.kind().equals("Event")) {
            return builtIn.events();
        }
        columns.add(new Column("Name", "string", 0, o -> o.path("metadata").path("name")));
        if (type.custom() == null) {
            columns.addAll(builtIn.of(type.kind()));
            return columns;
        }
        var declared = type.custom().path("additionalPrinterColumns");
        declared.forEach(c -> columns.add(declared(c)));
        if (declared.isEmpty()) {
            columns.add(new Column("Age", "date", 0, o -> age(o.path("metadata").path("creationTimestamp"))));
        }
        return columns;
    }

    private Column declared(JsonNode column) {
        var type = KubeJson.string(column, "type");
        var path = KubeJson.string(column, "jsonPath");
        return new Column(KubeJson.string(column, "name"), type, column.path("priority").asInt(0), object -> {
            var found = JsonPaths.find(object, path);
            return found.isEmpty() ? NullNode.getInstance() : cell(type, found);
        });
    }

    private JsonNode cell(String type, List<JsonNode> found) {
        var first = found.getFirst();
        return switch (type) {
            case "date" -> age(first);
            case "integer" -> first.isNumber()
                    ? KubeJson.MAPPER.getNodeFactory().numberNode(first.longValue())
                    : NullNode.getInstance();
            case "number" -> first.isNumber() ? first : NullNode.getInstance();
            case "boolean" -> first.isBoolean() ? first : NullNode.getInstance();
            default -> {
                var texts = found.stream().map(n -> n.isValueNode() ? n.asText() : KubeJson.text(n)).toList();
                yield TextNode.valueOf(texts.size() == 1 ? texts.getFirst() : String.join(",", texts));
            }
        };
    }

    private JsonNode age(JsonNode time) {
        return time.isTextual() ? TextNode.valueOf(Cells.ago(time.textValue(), clock)) : NullNode.getInstance();
    }
}
