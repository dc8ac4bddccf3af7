package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What agents were told of their checkpoints, held against what later attempts begin from. */
final class CheckpointWitness {
    private final LedgerChecker ledger;
    /** By task and path: the greatest number that was acknowledged to each attempt. */
    private final Map<String, TreeMap<Integer, Long>> acknowledged = new HashMap<>();
    /** By task and path: the attempts that began from a checkpoint. */
    private final Map<String, Set<Integer>> resumed = new HashMap<>();

    CheckpointWitness(LedgerChecker ledger) {
        this.ledger = ledger;
    }

    private static String key(Step step) {
        return step.getTaskUid() + "/" + step.getPath();
    }

    void acknowledged(Step step, long number) {
        Violation.unless(!ledger.saved(step.getTaskUid(), step.getPath(), number).isEmpty(),
                "a checkpoint was acknowledged, but is not in the ledger: " + number, step);
        acknowledged.computeIfAbsent(key(step), _ -> new TreeMap<>()).merge(step.getAttempt(), number, Math::max);
    }

    /** An attempt begins, with what it was told to go on from. */
    void began(Assign assign) {
        var step = assign.getStep();
        var former = acknowledged.getOrDefault(key(step), new TreeMap<>()).headMap(step.getAttempt(), false);
        for (long number : former.values()) {
            Violation.unless(assign.getCheckpointNumber() >= number,
                    "begins from something older than the acknowledged checkpoint " + number, assign);
        }
        if (assign.getResume()) {
            Violation.unless(
                    assign.getCheckpoint()
                            .toStringUtf8()
                            .equals(ledger.saved(step.getTaskUid(), step.getPath(), assign.getCheckpointNumber())),
                    "begins from something that is not its checkpoint", assign);
            resumed.computeIfAbsent(key(step), _ -> new HashSet<>()).add(step.getAttempt());
        }
    }

    /** How many attempts of a step began from a checkpoint. */
    int resumed(String taskUid, String path) {
        return resumed.getOrDefault(taskUid + "/" + path, Set.of()).size();
    }
}
