package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Totals;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the leader counts. Called on the hive-mind's context. */
public interface Meters {
    /** A task has reached its end while this replica led; {@link #totals} follows. */
    void ended(Task task);

    /** What has ended so far, as the ledger counts it; when this replica begins to lead, and when it has changed. */
    void totals(Totals totals);

    /** A task is new in the ledger. */
    void submitted(TaskOrigin origin);

    /** A command was written and applied, that long after it was submitted. */
    void committed(long nanos);

    /** How the swarm stands, about every second on the leader; null: this replica leads no more. */
    void observed(@Nullable SwarmState state, Map<String, Integer> declaredByType);

    /** How many clients are connected, how many tasks the ledger holds, and how many of these wait; as often. */
    void observed(int clients, int tasks, int pending);
}
