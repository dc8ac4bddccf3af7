package io.claudeflow.swarm.cli.adapter.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A server-side Table (meta.k8s.io/v1): what kubectl prints, column by column.
 *
 * @param resourceVersion where a watch goes on; empty in a watch's event
 */
public record Table(List<Column> columns, List<Row> rows, String resourceVersion) {
    /** The media type that asks for one; a server that has none for a kind answers the plain list. */
    public static final String ACCEPT = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A column; kubectl shows those of priority 0, and with {@code -o wide} all. */
    public record Column(String name, int priority) {}

    /** A row, and which object it is about. */
    public record Row(String namespace, String name, String resourceVersion, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** Reads a Table. An event of a watch has no column definitions but in its first one. */
    public static Table read(JsonNode json) {
        var columns = new ArrayList<Column>();
        for (var definition : json.path("columnDefinitions")) {
            columns.add(new Column(definition.path("name").asText(), definition.path("priority").asInt()));
        }
        var rows = new ArrayList<Row>();
        for (var row : json.path("rows")) {
            var cells = new ArrayList<String>();
            row.path("cells").forEach(cell -> cells.add(cell(cell)));
            var meta = row.path("object").path("metadata");
            rows.add(new Row(meta.path("namespace").asText(""), meta.path("name").asText(""),
                    meta.path("resourceVersion").asText(""), cells));
        }
        return new Table(columns, rows, json.path("metadata").path("resourceVersion").asText(""));
    }

    private static String cell(JsonNode cell) {
        if (cell.isMissingNode() || cell.isNull()) {
            return "";
        }
        var text = cell.isValueNode() ? cell.asText() : cell.toString();
        int line = text.indexOf('\n');
        return line < 0 ? text : text.substring(0, line) + "...";
    }

    /** Header words, as kubectl writes them. */
    public static List<String> header(List<Column> columns, boolean wide) {
        return columns.stream()
                .filter(column -> wide || column.priority() == 0)
                .map(column -> column.name().toUpperCase(Locale.ROOT))
                .toList();
    }

    /** The cells of a row that are shown. */
    public static List<String> shown(List<Column> columns, Row row, boolean wide) {
        var shown = new ArrayList<String>();
        for (int i = 0; i < row.cells().size(); i++) {
            if (wide || i >= columns.size() || columns.get(i).priority() == 0) {
                shown.add(row.cells().get(i));
            }
        }
        return shown;
    }
}
