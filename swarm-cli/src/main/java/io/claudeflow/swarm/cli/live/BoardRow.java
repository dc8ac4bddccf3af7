package io.claudeflow.swarm.cli.live;

import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.status.Judgement;
import java.util.List;

/**
 * One object on the board.
 *
 * @param state  a word
 * @param detail what it waits for, or what is wrong; empty when there is nothing to say
 */
public record BoardRow(String kind, String name, String state, String detail) {
    /** A SwarmCluster; until it is ready since this start, it is at most starting. */
    static BoardRow cluster(KubeObject cluster, Readiness readiness) {
        var phase = or(cluster.text("status.phase"), "Pending");
        if (readiness.ready(cluster)) {
            return new BoardRow("swarmcluster", place(cluster), "Ready", agents(cluster));
        }
        var wrong = Judgement.notFine(cluster)
                .stream()
                .filter(condition -> !Judgement.notAvailable(condition))
                .toList();
        var ready = cluster.condition("Ready").map(KubeObject.Condition::message).orElse("");
        var detail = !ready.isEmpty() ? ready : wrong.isEmpty() ? "" : Judgement.sentence(wrong.getFirst());
        return new BoardRow("swarmcluster", place(cluster), phase.equals("Ready") ? "Starting" : phase,
                cluster.holds("Ready") ? agents(cluster) : detail);
    }

    /** A pod that is no agent's. */
    static BoardRow pod(KubeObject pod) {
        var phase = or(pod.text("status.phase"), "Pending");
        if (!pod.text("metadata.deletionTimestamp").isEmpty()) {
            return new BoardRow("pod", place(pod), "Terminating", "");
        }
        var ready = pod.condition("Ready").filter(condition -> condition.status().equals("True")).isPresent();
        var waiting = waiting(pod);
        return new BoardRow("pod", place(pod), phase.equals("Running") && ready
                ? "Ready"
                : waiting.isEmpty() ? phase : waiting.getFirst(), waiting.size() > 1 ? waiting.getLast() : "");
    }

    private static List<String> waiting(KubeObject pod) {
        for (var container : pod.json().path("status").path("containerStatuses")) {
            var state = container.path("state").path("waiting");
            if (state.hasNonNull("reason")) {
                return state.hasNonNull("message")
                        ? List.of(state.path("reason").asText(), state.path("message").asText())
                        : List.of(state.path("reason").asText());
            }
        }
        return List.of();
    }

    /** A SwarmAgent. */
    static BoardRow agent(KubeObject agent) {
        var wrong = Judgement.notFine(agent)
                .stream()
                .filter(condition -> condition.type().equals("ClusterResolved")
                        || List.of("Refused", "NameTaken", "PodFailed").contains(condition.reason()))
                .findFirst();
        return new BoardRow("swarmagent", place(agent), or(agent.text("status.phase"), "Pending"),
                wrong.map(Judgement::sentence).orElse(agent.text("spec.type")));
    }

    private static String agents(KubeObject cluster) {
        return cluster.number("status.agents.connected", 0) + " agents";
    }

    private static String place(KubeObject object) {
        return object.namespace() + "/" + object.name();
    }

    private static String or(String text, String fallback) {
        return text.isEmpty() ? fallback : text;
    }
}
