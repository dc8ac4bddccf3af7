package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Refused;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What those outside the ledger were told, held against what they are told later and against what the ledger holds. */
final class Witness {
    static final String MARK = "#";

    private final LedgerChecker ledger;
    private final CheckpointWitness checkpoints;
    private final Map<String, TaskSpec> requested = new LinkedHashMap<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> acknowledged = new LinkedHashSet<>();
    private final Map<String, TaskState> ends = new HashMap<>();
    private final Map<String, Integer> begun = new HashMap<>();
    /** By task and path. */
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, String> results = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    Witness(LedgerChecker ledger) {
        this.ledger = ledger;
        checkpoints = new CheckpointWitness(ledger);
    }

    /** What an agent says of an attempt: nobody else says the same. */
    static String mark(String taskUid, String path, int attempt, String agentUid) {
        return taskUid + "/" + path + MARK + attempt + "@" + agentUid;
    }

    void requested(String uid, TaskSpec spec) {
        requested.put(uid, spec);
    }

    void cancelled(String uid) {
        cancelled.add(uid);
    }

    /** Nobody wants to know its end any more. */
    void deleted(String uid) {
        cancelled.add(uid);
        deleted.add(uid);
    }

    /** A submitter was told that its task is in the ledger. */
    void acknowledged(String uid) {
        acknowledged.add(uid);
        Violation.unless(ledger.knows(uid), "acknowledged before it was committed", uid);
    }

    /** The tail told a task's state. */
    void told(TaskState state) {
        boolean ended = state.phase().terminal();
        var before = ends.get(state.taskUid());
        if (before != null) {
            Violation.unless(state.equals(before) || !ended && state.seq() < before.seq(), "two ends: " + before,
                    state);
        } else if (ended) {
            ends.put(state.taskUid(), state);
            var outcome = ledger.outcome(state.taskUid());
            Violation.unless(outcome != null && outcome.phase() == state.phase(), "told before it was committed",
                    state);
        }
    }

    /** The tail told that a task has left. */
    void gone(String uid) {
        Violation.unless(deleted.contains(uid) || ends.containsKey(uid), "left before its end was told", uid);
    }

    /**
     * An agent has begun an attempt.
     *
     * @param elsewhere whether another process is at it still
     */
    void began(Assign assign, boolean elsewhere) {
        var step = assign.getStep();
        begun.merge(step.getTaskUid(), 1, Integer::sum);
        int times = attempts.merge(step.getTaskUid() + "/" + step.getPath(), 1, Integer::sum);
        // Whoever stops it and lets it go on wants it begun again.
        Violation.unless(
                !assign.getFenceKills() || times == 1 || ledger.wasSuspended(step.getTaskUid()) && !elsewhere,
                "must not run twice, was begun again", ledger.now(step.getTaskUid()));
        checkpoints.began(assign);
        GraphChecker.given(assign, ledger.now(step.getTaskUid()));
    }

    /** The container of a foreign image has begun an attempt. */
    void began(StepKey step) {
        begun.merge(step.taskUid(), 1, Integer::sum);
    }

    /** An agent was told that a checkpoint is in the ledger. */
    void saved(Step step, long number) {
        checkpoints.acknowledged(step, number);
    }

    /** An agent was told that its result is stored. */
    void stored(StepResult result) {
        var uid = result.getStep().getTaskUid();
        if (result.getOutcome() == Outcome.SUCCEEDED) {
            var path = result.getStep().getPath();
            var before = results.putIfAbsent(uid + "/" + path, result.getValue());
            Violation.unless(before == null || before.equals(result.getValue()), "a second result was stored", result);
            Violation.unless(result.getValue().equals(ledger.result(uid, path)),
                    "stored, but not the result",
                    result);
        }
    }

    /** The hive-mind sent an agent away for good. */
    void refused(String agentUid, Refused refused) {
        refusals.merge(refused.getCode(), 1, Integer::sum);
    }

    boolean wasAcknowledged(String uid) {
        return acknowledged.contains(uid);
    }

    Map<String, TaskSpec> requested() {
        return requested;
    }

    boolean wasCancelled(String uid) {
        return cancelled.contains(uid);
    }

    boolean wasDeleted(String uid) {
        return deleted.contains(uid);
    }

    CheckpointWitness checkpoints() {
        return checkpoints;
    }

    int begun(String uid) {
        return begun.getOrDefault(uid, 0);
    }

    @Nullable
    TaskState end(String uid) {
        return ends.get(uid);
    }

    Map<String, Integer> refusals() {
        return refusals;
    }
}
