package io.claudeflow.swarm.cli.resource;

import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.ResourceType;
import io.claudeflow.swarm.cli.adapter.kube.Table;
import io.claudeflow.swarm.cli.console.Columns;
import io.claudeflow.swarm.cli.console.Terminal;
import java.util.ArrayList;
import java.util.List;

/** Prints the server's Tables of one kind; later rows line up with earlier ones. One thread. */
final class TablePrinter {
    private final Terminal terminal;
    private final Columns columns;
    private final String prefix;
    private final boolean withNamespace;
    private final boolean wide;
    private List<Table.Column> definitions = List.of();

    /** {@code qualified}: each name tells its kind. */
    TablePrinter(Terminal terminal, ResourceType type, boolean qualified, boolean allNamespaces, boolean wide) {
        this.terminal = terminal;
        this.columns = new Columns(terminal.colour());
        this.prefix = qualified ? type.qualifiedSingular() + "/" : "";
        this.withNamespace = allNamespaces && type.namespaced();
        this.wide = wide;
    }

    /** Header and rows. */
    void table(Table table) {
        if (!table.columns().isEmpty()) {
            definitions = table.columns();
        }
        var header = new ArrayList<String>();
        if (withNamespace) {
            header.add("NAMESPACE");
        }
        header.addAll(Table.header(definitions, wide));
        var rows = table.rows().stream().map(this::cells).toList();
        columns.fit(List.of(header));
        columns.fit(rows);
        terminal.line(columns.header(header));
        rows.forEach(row -> terminal.line(columns.row(row)));
    }

    /** Rows alone, of a change. */
    void rows(Table table) {
        if (!table.columns().isEmpty()) {
            definitions = table.columns();
        }
        var rows = table.rows().stream().map(this::cells).toList();
        columns.fit(rows);
        rows.forEach(row -> terminal.line(columns.row(row)));
    }

    private List<String> cells(Table.Row row) {
        var cells = new ArrayList<String>();
        if (withNamespace) {
            cells.add(row.namespace());
        }
        var shown = Table.shown(definitions, row, wide);
        for (int i = 0; i < shown.size(); i++) {
            cells.add(i == 0 ? prefix + shown.get(i) : shown.get(i));
        }
        return cells;
    }

    /** Reads a collection, or what narrows it, as a Table. */
    static Table read(KubeApi api, String pathAndQuery) {
        return Table.read(api.get(pathAndQuery, Table.ACCEPT));
    }
}
