package io.claudeflow.swarm.hivemind;

import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.task.v1.ClientFrame;
import io.claudeflow.swarm.mesh.task.v1.ClientFrames;
import io.claudeflow.swarm.mesh.task.v1.TaskFrame;
import io.claudeflow.swarm.mesh.task.v1.TaskFrames;
import io.claudeflow.swarm.mesh.task.v1.TasksGrpcClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One stream at the door for tasks that says what it is told to say, and keeps what it hears. */
final class RawClient implements AutoCloseable {
    final List<TaskFrame> told = new CopyOnWriteArrayList<>();
    volatile boolean ended;
    private final GrpcClient client;
    private final GrpcClientRequest<ClientFrames, TaskFrames> call;

    RawClient(Vertx vertx, String address) throws Exception {
        client = GrpcClient.client(vertx, new GrpcClientOptions(),
                new HttpClientOptions().setHttp2ClearTextUpgrade(false));
        call = TestSwarm.get(client.request(SocketAddress.inetSocketAddress(MeshPorts.GATEWAY, address),
                TasksGrpcClient.Work));
        call.response().onSuccess(response -> {
            response.handler(frames -> told.addAll(frames.getFramesList()));
            response.endHandler(_ -> ended = true);
            response.errorHandler(_ -> ended = true);
        }).onFailure(_ -> ended = true);
    }

    void say(ClientFrame frame) {
        call.write(ClientFrames.newBuilder().addFrames(frame).build()).onFailure(_ -> ended = true);
    }

    /** The first frame of that kind, as soon as it was heard. */
    TaskFrame await(Predicate<TaskFrame> kind) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> told.stream().anyMatch(kind));
        return told.stream().filter(kind).findFirst().orElseThrow();
    }

    @Override
    public void close() throws Exception {
        TestSwarm.get(client.close());
    }
}
