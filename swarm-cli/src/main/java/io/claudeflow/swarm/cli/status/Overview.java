package io.claudeflow.swarm.cli.status;

import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.console.Age;
import io.claudeflow.swarm.cli.console.Columns;
import io.claudeflow.swarm.cli.console.Paint;
import io.claudeflow.swarm.cli.console.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that the screen is made of, as it was at one moment. */
public record Overview(List<KubeObject> clusters, List<KubeObject> agents, List<KubeObject> tasks,
        List<KubeObject> memories, Clock clock) {
    private static final String ROOT = "apis/swarm.claudeflow.io/v1alpha1/";
    private static final int MOST_NOTES = 20;

    /** Reads it; {@code namespace} null: of all. */
    public static Overview read(KubeApi api, @Nullable String namespace, Clock clock) {
        return new Overview(list(api, namespace, "swarmclusters"), list(api, namespace, "swarmagents"),
                list(api, namespace, "swarmtasks"), list(api, namespace, "swarmmemories"), clock);
    }

    private static List<KubeObject> list(KubeApi api, @Nullable String namespace, String plural) {
        var objects = new ArrayList<KubeObject>();
        api.get(ROOT + (namespace == null ? "" : "namespaces/" + namespace + "/") + plural)
                .path("items")
                .forEach(item -> objects.add(new KubeObject(item)));
        return objects;
    }

    /** Prints the screen. */
    public void print(Terminal terminal) {
        if (clusters.isEmpty()) {
            terminal.line("no SwarmCluster yet; apply one: swarm apply -f examples/hivemind-cluster.yaml");
        } else {
            terminal.line("");
            rows(terminal, clusterRows());
        }
        if (!agents.isEmpty()) {
            terminal.line("");
            rows(terminal, agentRows());
        }
        if (!tasks.isEmpty()) {
            terminal.line("");
            terminal.line("TASKS   " + phases(terminal, tasks));
        }
        var notes = notes();
        if (!notes.isEmpty()) {
            terminal.line("");
            terminal.line("NOT FINE");
            notes.stream().limit(MOST_NOTES).forEach(note -> terminal.line("  " + note.text(terminal.colour())));
            if (notes.size() > MOST_NOTES) {
                terminal.line("  … and " + (notes.size() - MOST_NOTES) + " more");
            }
        }
    }

    private List<List<String>> clusterRows() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("CLUSTER", "TOPOLOGY", "PHASE", "READY", "AGENTS", "LEADER", "AGE"));
        for (var cluster : clusters) {
            rows.add(List.of(cluster.namespace() + "/" + cluster.name(), cluster.text("spec.topology"),
                    or(cluster.text("status.phase"), "Pending"),
                    cluster.condition("Ready").map(KubeObject.Condition::status).orElse("Unknown"),
                    cluster.number("status.agents.connected", 0) + "/" + or(cluster.text("spec.replicas"), "?"),
                    or(cluster.text("status.mesh.leader"), "-"),
                    cluster.instant("metadata.creationTimestamp")
                            .map(created -> Age.of(Duration.between(created, clock.instant())))
                            .orElse("")));
        }
        return rows;
    }

    private List<List<String>> agentRows() {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        Map<String, Integer> running = new TreeMap<>();
        for (var agent : agents) {
            var type = or(agent.text("spec.type"), "-");
            counts.computeIfAbsent(type, _ -> new TreeMap<>())
                    .merge(or(agent.text("status.phase"), "Pending"), 1,
                            Integer::sum);
            running.merge(type, agent.number("status.running", 0), Integer::sum);
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("AGENTS", "TOTAL", "RUNNING TASKS", "STATE"));
        counts.forEach((type, phases) -> rows.add(List.of(type,
                Integer.toString(phases.values().stream().mapToInt(Integer::intValue).sum()),
                Integer.toString(running.getOrDefault(type, 0)), phases.entrySet()
                        .stream()
                        .map(phase -> phase.getValue() + " " + phase.getKey())
                        .collect(Collectors.joining(", ")))));
        return rows;
    }

    private static String phases(Terminal terminal, List<KubeObject> objects) {
        var counts = objects.stream()
                .map(object -> or(object.text("status.phase"), "Pending"))
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet()
                .stream()
                .map(count -> count.getValue() + " "
                        + Paint.ofWord(count.getKey()).on(count.getKey(), terminal.colour()))
                .collect(Collectors.joining(", "));
    }

    /** What a person should read: first what is wrong, then what this release does not have. */
    List<Note> notes() {
        var notes = new ArrayList<Note>();
        add(notes, "swarmcluster", clusters);
        add(notes, "swarmagent", agents);
        add(notes, "swarmtask", tasks);
        add(notes, "swarmmemory", memories);
        return notes.stream().sorted(java.util.Comparator.comparing(Note::minor)).toList();
    }

    private static void add(List<Note> notes, String kind, List<KubeObject> objects) {
        for (var object : objects) {
            for (var condition : Judgement.notFine(object)) {
                notes.add(new Note(object.namespace() + " " + kind + "/" + object.name(), Judgement.sentence(condition),
                        Judgement.notAvailable(condition)));
            }
        }
    }

    private static void rows(Terminal terminal, List<List<String>> rows) {
        var columns = new Columns(terminal.colour());
        columns.fit(rows);
        terminal.line(columns.header(rows.getFirst()));
        rows.stream().skip(1).forEach(row -> terminal.line(columns.row(row)));
    }

    private static String or(String text, String fallback) {
        return text.isEmpty() ? fallback : text;
    }

    /** Something to read; {@code minor}: no fault, only a part that is not there. */
    record Note(String object, String sentence, boolean minor) {
        String text(boolean colour) {
            return object + "  " + (minor ? Paint.FAINT : Paint.BAD).on(sentence, colour);
        }
    }
}
