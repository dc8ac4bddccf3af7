package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.leader.Meters;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Totals;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nobody counts. */
final class NoMeters implements Meters {
    @Override
    public void ended(Task task) {}

    @Override
    public void totals(Totals totals) {}

    @Override
    public void submitted(TaskOrigin origin) {}

    @Override
    public void observed(int clients, int tasks, int pending) {}

    @Override
    public void committed(long nanos) {}

    @Override
    public void observed(@Nullable SwarmState state, Map<String, Integer> declaredByType) {}
}
