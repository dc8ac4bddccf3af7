package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.port.TaskClients;
import io.claudeflow.swarm.hivemind.port.TaskDoor;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clients' door of all replicas in one: keeps what each client was told. */
public final class TestDoor implements TaskDoor {
    private final Map<Long, List<TaskFrame>> told = new HashMap<>();
    private final Set<Long> closed = new HashSet<>();

    @Override
    public void leader(int leader, @Nullable TaskClients clients) {
        // Tests speak to the leading replica themselves.
    }

    @Override
    public void send(long client, TaskFrame frame) {
        told.computeIfAbsent(client, _ -> new ArrayList<>()).add(frame);
    }

    @Override
    public void close(long client) {
        closed.add(client);
    }

    /** Whether a client's stream was ended. */
    public boolean closed(long client) {
        return closed.contains(client);
    }

    /** What that client was told since the last call. */
    public List<TaskFrame> take(long client) {
        var frames = told.remove(client);
        return frames == null ? List.of() : frames;
    }
}
