package io.claudeflow.swarm.cli.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.adapter.yaml.Documents;
import io.claudeflow.swarm.cli.console.Age;
import io.claudeflow.swarm.cli.console.Columns;
import io.claudeflow.swarm.cli.console.Paint;
import io.claudeflow.swarm.cli.console.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints one object whole, for reading: who it is, what is wanted, what is so, and what happened to it. */
public final class Description {
    private final KubeApi api;
    private final Terminal terminal;
    private final Clock clock;

    public Description(KubeApi api, Terminal terminal, Clock clock) {
        this.api = api;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** The object that is named, or all of its type. */
    public List<KubeObject> objects(Selection.Target target, String namespace) {
        var name = target.name();
        if (name != null) {
            return List.of(new KubeObject(api.get(target.type().path(namespace, name))));
        }
        var objects = new ArrayList<KubeObject>();
        api.get(target.type().path(namespace)).path("items").forEach(item -> {
            if (item instanceof ObjectNode object) {
                object.put("kind", target.type().kind());
                objects.add(new KubeObject(object));
            }
        });
        return objects;
    }

    /** Prints it. */
    public void print(KubeObject object) {
        field("Name", object.name());
        if (!object.namespace().isEmpty()) {
            field("Namespace", object.namespace());
        }
        field("Kind", object.kind());
        field("Created", object.text("metadata.creationTimestamp") + age(object, "metadata.creationTimestamp"));
        if (!object.text("metadata.deletionTimestamp").isEmpty()) {
            field("Terminating", "since " + object.text("metadata.deletionTimestamp") + ", held by "
                    + String.join(", ", object.texts("metadata.finalizers")));
        }
        object.map("metadata.labels").forEach((key, value) -> field("Label", key + "=" + value));
        section("Spec", object.json().path("spec"));
        var status = object.json().path("status").deepCopy();
        if (status instanceof ObjectNode fields) {
            fields.remove("conditions");
        }
        section("Status", status);
        conditions(object);
        events(object);
    }

    private void conditions(KubeObject object) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("  TYPE", "STATUS", "REASON", "MESSAGE"));
        object.conditions()
                .forEach(condition -> rows
                        .add(List.of("  " + condition.type(), condition.status(), condition.reason(),
                                condition.message())));
        if (rows.size() > 1) {
            head("Conditions");
            lines(rows);
        }
    }

    private void events(KubeObject object) {
        var namespace = object.namespace().isEmpty() ? "default" : object.namespace();
        var events = new ArrayList<KubeObject>();
        api.get("api/v1/namespaces/" + namespace + "/events" + KubeApi.query(Map.of("fieldSelector",
                "involvedObject.uid=" + object.uid()))).path("items").forEach(item -> events.add(new KubeObject(item)));
        head("Events");
        if (events.isEmpty()) {
            terminal.line("  none");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("  TYPE", "REASON", "AGE", "FROM", "MESSAGE"));
        for (var event : events) {
            var last = event.text("lastTimestamp").isEmpty() ? "eventTime" : "lastTimestamp";
            int count = event.number("count", 1);
            rows.add(List.of("  " + event.text("type"), event.text("reason"),
                    age(event, last).strip().replaceAll("[()]| ago", "") + (count > 1 ? " (x" + count + ")" : ""),
                    event.text("source.component").isEmpty()
                            ? event.text("reportingComponent")
                            : event.text("source.component"),
                    event.text("message")));
        }
        lines(rows);
    }

    private void lines(List<List<String>> rows) {
        var columns = new Columns(terminal.colour());
        columns.fit(rows);
        terminal.line(columns.header(rows.getFirst()));
        rows.stream().skip(1).forEach(row -> terminal.line(columns.row(row)));
    }

    private void section(String name, JsonNode content) {
        if (content.isEmpty()) {
            return;
        }
        head(name);
        Documents.yaml(content).lines().forEach(line -> terminal.line("  " + line));
    }

    private void head(String name) {
        terminal.line(Paint.STRONG.on(name + ":", terminal.colour()));
    }

    private void field(String name, String value) {
        terminal.line(Paint.STRONG.on(String.format("%-12s", name + ":"), terminal.colour()) + " " + value);
    }

    private String age(KubeObject object, String path) {
        return object.instant(path)
                .map(instant -> " (" + Age.of(Duration.between(instant, clock.instant())) + " ago)")
                .orElse("");
    }
}
