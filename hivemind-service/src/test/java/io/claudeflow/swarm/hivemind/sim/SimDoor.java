package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.port.TaskClients;
import io.claudeflow.swarm.hivemind.port.TaskDoor;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.Welcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clients' streams at one process of a replica: what GrpcTaskDoor does, over modelled connections. */
final class SimDoor implements TaskDoor {
    private final Map<Long, Stream> streams = new LinkedHashMap<>();
    private @Nullable TaskClients clients;
    private int leader = -1;
    private long last;

    /** One client's stream; {@code ear} is called in the client's process. */
    private record Stream(Connection.End end, Consumer<TaskFrame> ear) {
        void send(TaskFrame frame) {
            end.send(() -> ear.accept(frame));
        }
    }

    /** A client has come; the number of its stream. */
    long accept(Connection.End end, Consumer<TaskFrame> ear) {
        long id = ++last;
        streams.put(id, new Stream(end, ear));
        end.onClosed(() -> left(id));
        return id;
    }

    void said(long id, ClientFrame frame) {
        var heard = clients;
        if (heard == null) {
            sendAway(id);
        } else if (streams.containsKey(id)) {
            heard.said(id, List.of(frame));
        }
    }

    private void left(long id) {
        var heard = clients;
        if (streams.remove(id) != null && heard != null) {
            heard.left(id);
        }
    }

    @Override
    public void leader(int newLeader, @Nullable TaskClients leading) {
        leader = newLeader;
        clients = leading;
        List.copyOf(streams.keySet()).forEach(this::sendAway);
    }

    private void sendAway(long id) {
        var stream = streams.remove(id);
        if (stream != null) {
            stream.send(TaskFrame.newBuilder()
                    .setWelcome(Welcome.newBuilder().setLeads(false).setLeader(leader))
                    .build());
            stream.end.close();
        }
    }

    @Override
    public void send(long client, TaskFrame frame) {
        var stream = streams.get(client);
        if (stream != null) {
            stream.send(frame);
        }
    }

    @Override
    public void close(long client) {
        var stream = streams.get(client);
        if (stream != null) {
            stream.end.close();
            left(client);
        }
    }
}
