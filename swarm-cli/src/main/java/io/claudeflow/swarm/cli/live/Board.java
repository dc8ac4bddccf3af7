package io.claudeflow.swarm.cli.live;

import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What there is of a swarm at this moment. Thread-safe. */
public final class Board {
    private static final String AGENT = "agent";

    private final Readiness readiness;
    private final Map<String, KubeObject> clusters = new TreeMap<>();
    private final Map<String, KubeObject> pods = new TreeMap<>();
    private final Map<String, KubeObject> agents = new TreeMap<>();

    public Board(Readiness readiness) {
        this.readiness = readiness;
    }

    /** What an object is on the board. */
    enum Part {
        CLUSTER("apis/swarm.claudeflow.io/v1alpha1/swarmclusters"), POD("api/v1/pods"), AGENT(
                "apis/swarm.claudeflow.io/v1alpha1/swarmagents");

        private final String path;

        Part(String path) {
            this.path = path;
        }

        /** Where all of them are listed. */
        String path() {
            return path;
        }
    }

    synchronized void replace(Part part, Collection<KubeObject> objects) {
        of(part).clear();
        objects.forEach(object -> put(part, object));
    }

    synchronized void put(Part part, KubeObject object) {
        of(part).put(key(object), object);
    }

    synchronized void remove(Part part, KubeObject object) {
        of(part).remove(key(object));
    }

    private Map<String, KubeObject> of(Part part) {
        return switch (part) {
            case CLUSTER -> clusters;
            case POD -> pods;
            case AGENT -> agents;
        };
    }

    private static String key(KubeObject object) {
        return object.namespace() + "/" + object.name();
    }

    /** Rows in reading order: clusters, the pods of operators and hive-minds, agents. */
    public synchronized List<BoardRow> rows() {
        var rows = new ArrayList<BoardRow>();
        clusters.values().forEach(cluster -> rows.add(BoardRow.cluster(cluster, readiness)));
        pods.values()
                .stream()
                .filter(pod -> !AGENT.equals(pod.map("metadata.labels").get("component")))
                .forEach(pod -> rows.add(BoardRow.pod(pod)));
        agents.values().forEach(agent -> rows.add(BoardRow.agent(agent)));
        return rows;
    }

    /** Whether every one of these clusters ({@code namespace/name}) is there and ready; with none, whether an operator is. */
    public synchronized boolean ready(Collection<String> wanted) {
        if (wanted.isEmpty()) {
            return pods.values().stream().anyMatch(pod -> pod.namespace().equals("swarm-system") && pod.holds("Ready"));
        }
        return wanted.stream().allMatch(name -> clusters.containsKey(name) && readiness.ready(clusters.get(name)));
    }

    /** All clusters, as {@code namespace/name}. */
    public synchronized List<String> clusters() {
        return List.copyOf(clusters.keySet());
    }

    /** Those of these clusters that are not ready, each with what it says of itself. */
    public synchronized List<String> unready(Collection<String> wanted) {
        return wanted.stream()
                .filter(name -> !clusters.containsKey(name) || !readiness.ready(clusters.get(name)))
                .map(name -> clusters.containsKey(name)
                        ? name + ": " + BoardRow.cluster(clusters.get(name), readiness).state() + ", "
                                + BoardRow.cluster(clusters.get(name), readiness).detail()
                        : name + ": not there yet")
                .toList();
    }

    /** How many agents all clusters together have connected. */
    public synchronized long connected() {
        return clusters.values().stream().mapToInt(cluster -> cluster.number("status.agents.connected", 0)).sum();
    }
}
