package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.claudeflow.swarm.hivemind.port.TaskClients;
import io.claudeflow.swarm.hivemind.port.TaskDoor;
import io.claudeflow.swarm.mesh.task.v1.ClientFrames;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.TaskFrames;
import io.claudeflow.swarm.mesh.task.v1.TasksGrpcService;
import io.claudeflow.swarm.mesh.task.v1.Welcome;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The clients' streams over gRPC, on the agent gateway's port of every replica. Where another replica leads, a client is told
 * which one and its stream ends. One context: the gateway's.
 */
public final class GrpcTaskDoor implements TaskDoor {
    private final Vertx vertx;
    private final IntFunction<String> address;
    private final Map<Long, ClientStream> streams = new HashMap<>();
    private final ClientStream.Listener listener = new StreamListener();
    private @Nullable TaskClients clients;
    private int leader = -1;
    private long lastStream;

    /** @param address a replica's ordinal to {@code host:port} of its door */
    public GrpcTaskDoor(Vertx vertx, IntFunction<String> address) {
        this.vertx = vertx;
        this.address = address;
    }

    /** Serves the door as one of a server's services. */
    public void serve(GrpcServer server) {
        server.callHandler(TasksGrpcService.Work, this::accept);
    }

    private void accept(GrpcServerRequest<ClientFrames, TaskFrames> request) {
        if (streams.size() >= Limits.CLIENT_STREAMS) {
            request.response()
                    .status(GrpcStatus.RESOURCE_EXHAUSTED)
                    .statusMessage("this replica holds " + Limits.CLIENT_STREAMS + " clients; try again later")
                    .end()
                    .onFailure(_ -> request.response().cancel());
            return;
        }
        long id = ++lastStream;
        var stream = new ClientStream(id, vertx.getOrCreateContext(), request, listener);
        streams.put(id, stream);
        stream.open();
    }

    @Override
    public void leader(int newLeader, @Nullable TaskClients leading) {
        leader = newLeader;
        clients = leading;
        List.copyOf(streams.values()).forEach(this::sendAway);
    }

    private void sendAway(ClientStream stream) {
        var welcome = Welcome.newBuilder().setLeads(false).setLeader(leader);
        if (leader >= 0) {
            welcome.setLeaderAddress(address.apply(leader));
        }
        streams.remove(stream.id());
        stream.send(TaskFrame.newBuilder().setWelcome(welcome).build());
        stream.end();
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
            stream.end();
        }
    }

    private final class StreamListener implements ClientStream.Listener {
        @Override
        public void said(ClientStream stream, ClientFrames frames) {
            var heard = clients;
            if (heard == null) {
                sendAway(stream);
            } else if (streams.containsKey(stream.id())) {
                heard.said(stream.id(), frames.getFramesList());
            }
        }

        @Override
        public void closed(ClientStream stream) {
            var heard = clients;
            if (streams.remove(stream.id()) != null && heard != null) {
                heard.left(stream.id());
            }
        }
    }
}
