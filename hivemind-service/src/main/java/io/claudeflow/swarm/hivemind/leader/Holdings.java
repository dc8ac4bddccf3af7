package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Step;
import io.claudeflow.swarm.hivemind.ledger.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which agent holds which steps, by the ledger. */
final class Holdings {
    private final LedgerView view;
    private final Map<String, Set<Place>> byAgent = new HashMap<>();
    private int steps;

    private record Place(String taskUid, String path) {}

    /** A step in an agent's hands. */
    record Held(Task task, Step step) {}

    Holdings(LedgerView view) {
        this.view = view;
    }

    void add(String agentUid, String taskUid, String path) {
        if (byAgent.computeIfAbsent(agentUid, _ -> new LinkedHashSet<>()).add(new Place(taskUid, path))) {
            steps++;
        }
    }

    void remove(String agentUid, String taskUid, String path) {
        var places = byAgent.get(agentUid);
        if (places != null && places.remove(new Place(taskUid, path))) {
            steps--;
            if (places.isEmpty()) {
                byAgent.remove(agentUid);
            }
        }
    }

    int load(String agentUid) {
        var places = byAgent.get(agentUid);
        return places == null ? 0 : places.size();
    }

    List<Held> of(String agentUid) {
        var held = new ArrayList<Held>();
        for (var place : byAgent.getOrDefault(agentUid, Set.of())) {
            var task = view.task(place.taskUid());
            var step = task == null ? null : task.step(place.path());
            if (task != null && step != null) {
                held.add(new Held(task, step));
            }
        }
        return held;
    }

    /** Agents that hold something. */
    Set<String> agents() {
        return byAgent.keySet();
    }

    int steps() {
        return steps;
    }
}
