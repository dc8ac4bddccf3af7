package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.mesh.task.v1.Finished;
import io.claudeflow.swarm.mesh.task.v1.TaskEnd;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What clients of the gRPC door were told, held against what they are told later and against the ledger. */
final class DoorWitness {
    private final LedgerChecker ledger;
    private final Map<String, Finished> ends = new HashMap<>();
    private final Map<String, Long> settled = new HashMap<>();

    DoorWitness(LedgerChecker ledger) {
        this.ledger = ledger;
    }

    void settled(DoorClient client, long upTo) {
        settled.put(client.session, upTo);
    }

    /** A client was told of an end: always of the same, and of the one that the ledger holds. */
    void finished(DoorClient client, Finished finished) {
        var uid = client.uid(finished.getRequest());
        boolean forgotten = finished.getEnd() == TaskEnd.TASK_END_UNSPECIFIED;
        boolean over = finished.getRequest() <= settled.getOrDefault(client.session, 0L);
        Violation.unless(finished.getTaskUid().equals(uid) && (!forgotten || over), "nobody wanted it forgotten",
                finished);
        if (forgotten) {
            return;
        }
        var before = ends.putIfAbsent(uid, finished);
        Violation.unless(before == null || before.equals(finished), "two ends: " + before, finished);
        var outcome = ledger.outcome(uid);
        Violation.unless(
                outcome != null && outcome.phase().name().equals(finished.getEnd().name())
                        && Objects.requireNonNullElse(outcome.result(), "").equals(finished.getResult()),
                "told another end than the ledger's: " + outcome, finished);
    }
}
