package io.claudeflow.swarm.cli.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.cli.ExitCode;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.Table;
import io.claudeflow.swarm.cli.adapter.yaml.Documents;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.ArrayList;

/** Prints what there is of a selection, once. One thread. */
public final class ListPrinter {
    private final KubeApi api;
    private final Terminal terminal;

    public ListPrinter(KubeApi api, Terminal terminal) {
        this.api = api;
        this.terminal = terminal;
    }

    /** Prints; the exit code says whether everything that was named is there. */
    public int print(Selection selection, Output output) {
        return switch (output) {
            case TABLE, WIDE -> tables(selection, output == Output.WIDE);
            case JSON, YAML, NAME -> objects(selection, output);
        };
    }

    private int tables(Selection selection, boolean wide) {
        int exit = ExitCode.OK;
        boolean printed = false;
        TablePrinter same = null;
        Selection.Target before = null;
        for (var target : selection.targets()) {
            try {
                var table = read(selection, target);
                if (table.rows().isEmpty()) {
                    continue;
                }
                if (same != null && before != null && before.type().equals(target.type())) {
                    same.rows(table);
                } else {
                    if (printed) {
                        terminal.line("");
                    }
                    same = new TablePrinter(terminal, target.type(), selection.severalKinds(),
                            selection.namespace() == null, wide);
                    same.table(table);
                }
                printed = true;
                before = target;
            } catch (SwarmException e) {
                exit = missing(e);
            }
        }
        if (!printed && exit == ExitCode.OK) {
            terminal.say(selection.namespace() == null
                    ? "No resources found"
                    : "No resources found in " + selection.namespace() + " namespace.");
        }
        return exit;
    }

    private Table read(Selection selection, Selection.Target target) {
        var name = target.name();
        return TablePrinter.read(api, name == null
                ? selection.path(target) + KubeApi.query(selection.query(target))
                : target.type().path(namespace(selection), name));
    }

    private int objects(Selection selection, Output output) {
        var found = new ArrayList<ObjectNode>();
        int exit = ExitCode.OK;
        for (var target : selection.targets()) {
            var name = target.name();
            try {
                if (name != null) {
                    add(api.get(target.type().path(namespace(selection), name)), target, found);
                    continue;
                }
                var list = api.get(selection.path(target) + KubeApi.query(selection.query(target)));
                list.path("items").forEach(item -> add(item, target, found));
            } catch (SwarmException e) {
                exit = missing(e);
            }
        }
        boolean single = selection.targets().size() == 1 && selection.targets().getFirst().name() != null;
        if (output == Output.NAME) {
            for (var object : found) {
                var target = selection.targets()
                        .stream()
                        .filter(one -> one.type().kind().equals(object.path("kind").asText()))
                        .findFirst()
                        .orElseThrow();
                terminal.line(target.type().qualifiedSingular() + "/" + object.path("metadata").path("name").asText());
            }
        } else if (!single || !found.isEmpty()) {
            var whole = single ? found.getFirst() : list(found);
            terminal.text(output == Output.JSON ? Documents.json(whole) + "\n" : Documents.yaml(whole));
        }
        return exit;
    }

    private static void add(com.fasterxml.jackson.databind.JsonNode item, Selection.Target target,
            ArrayList<ObjectNode> found) {
        if (item instanceof ObjectNode object) {
            var whole = JsonNodeFactory.instance.objectNode();
            whole.put("apiVersion", target.type().apiVersion());
            whole.put("kind", target.type().kind());
            whole.setAll(object);
            if (whole.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
            found.add(whole);
        }
    }

    private static ObjectNode list(ArrayList<ObjectNode> found) {
        var list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1");
        list.putArray("items").addAll(found);
        list.put("kind", "List");
        list.putObject("metadata").put("resourceVersion", "");
        return list;
    }

    private int missing(SwarmException failure) {
        if (!failure.code().equals(ErrorCode.NOT_FOUND)) {
            throw failure;
        }
        terminal.say("swarm: " + failure.getMessage());
        return ExitCode.NOT_FOUND;
    }

    private String namespace(Selection selection) {
        var namespace = selection.namespace();
        if (namespace == null) {
            throw new SwarmException(ErrorCode.INVALID,
                    "an object cannot be named across all namespaces; use -n instead of -A");
        }
        return namespace;
    }
}
