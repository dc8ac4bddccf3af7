package io.claudeflow.swarm.agent.adapter.grpc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.session.Gateway;
import io.claudeflow.swarm.agent.session.TestGateway;
import io.claudeflow.swarm.kit.names.HostsFileResolverProvider;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.Progress;
import io.claudeflow.swarm.mesh.agent.v1.Register;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcGatewayIT {
    private final Vertx vertx = Vertx.vertx();
    private final List<GatewayFrame> heard = new CopyOnWriteArrayList<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private TestGateway server;

    @BeforeEach
    void start() throws Exception {
        server = new TestGateway(vertx);
    }

    @AfterEach
    void close() throws Exception {
        System.clearProperty(HostsFileResolverProvider.PROPERTY);
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void ofSeveralAddressesOneThatAnswersIsFound(@TempDir Path folder) throws Exception {
        var hosts = Files.writeString(folder.resolve("hosts"),
                "127.9.0.1 gateway.test\n127.9.0.2 gateway.test\n127.0.0.1 gateway.test\n");
        System.setProperty(HostsFileResolverProvider.PROPERTY, hosts.toString());
        var gateway = new GrpcGateway(vertx, HostAndPort.create("gateway.test", server.port()));

        for (int i = 0; i < 5; i++) {
            assertEquals("127.0.0.1:" + server.port(), connect(gateway).address());
        }
    }

    @Test
    void aGatewayThatIsAwayIsNamed() throws Exception {
        int port = server.port();
        server.close();
        var gateway = new GrpcGateway(vertx, HostAndPort.create("127.0.0.1", port));

        var failure = assertThrows(ExecutionException.class, () -> connect(gateway));

        assertTrue(
                String.valueOf(failure.getMessage())
                        .contains("the agent gateway 127.0.0.1:" + port + " is not reached"),
                failure::getMessage);
    }

    @Test
    void aFrozenReplicaIsPassedOver(@TempDir Path folder) throws Exception {
        var hosts = Files.writeString(folder.resolve("hosts"), "127.9.0.3 gateway.test\n127.0.0.1 gateway.test\n");
        System.setProperty(HostsFileResolverProvider.PROPERTY, hosts.toString());
        // What the kernel does for a frozen process: it takes connections.
        vertx.createNetServer().connectHandler(NetSocket::pause).listen(server.port(), "127.9.0.3").await();
        var gateway = new GrpcGateway(vertx, HostAndPort.create("gateway.test", server.port()));

        for (int i = 0; i < 2; i++) {
            assertEquals("127.0.0.1:" + server.port(), connect(gateway).address());
        }
    }

    @Test
    void aReplicaThatFreezesIsGivenUp() throws Exception {
        var sockets = new CopyOnWriteArrayList<NetSocket>();
        var client = vertx.createNetClient();
        var between = vertx.createNetServer().connectHandler(in -> {
            in.pause();
            client.connect(server.port(), "127.0.0.1").onSuccess(out -> {
                sockets.addAll(List.of(in, out));
                in.handler(out::write).resume();
                out.handler(in::write);
            }).onFailure(cause -> closed.add(cause.toString()));
        }).listen(0, "127.0.0.1").await();
        var gateway = new GrpcGateway(vertx, HostAndPort.create("127.0.0.1", between.actualPort()));
        connect(gateway).send(AgentFrame.newBuilder().setRegister(Register.newBuilder().setToken("t")).build());
        await().until(() -> heard.size() == 1);
        await().during(Duration.ofSeconds(3)).until(closed::isEmpty);

        sockets.forEach(NetSocket::pause);

        await().atMost(Duration.ofSeconds(5)).until(() -> !closed.isEmpty());
        assertEquals(List.of("the gateway gives no sign of life"), closed);
        // A new connection, not the one that is dead.
        connect(gateway).send(AgentFrame.newBuilder().setRegister(Register.newBuilder().setToken("t")).build());
        await().until(() -> heard.size() == 2);
    }

    @Test
    void framesArriveInOrderAndTheEndIsTold() throws Exception {
        var connection = connect(new GrpcGateway(vertx, HostAndPort.create("127.0.0.1", server.port())));
        connection.send(AgentFrame.newBuilder().setRegister(Register.newBuilder().setToken("t")).build());
        await().until(() -> heard.size() == 1 && heard.getFirst().hasWelcome());

        vertx.runOnContext(_ -> LongStream.rangeClosed(1, 10_000)
                .forEach(number -> connection
                        .send(AgentFrame.newBuilder().setProgress(Progress.newBuilder().setNumber(number)).build())));

        await().until(() -> server.last().heard.size() == 10_001);
        assertEquals(LongStream.rangeClosed(1, 10_000).boxed().toList(), new ArrayList<>(server.last().heard).stream()
                .filter(AgentFrame::hasProgress)
                .map(frame -> frame.getProgress().getNumber())
                .toList());
        server.drop();
        await().until(() -> closed.size() == 1);
    }

    private Gateway.Connection connect(Gateway gateway) throws Exception {
        var connected = new CompletableFuture<Gateway.Connection>();
        vertx.runOnContext(_ -> gateway.connect(new Gateway.Listener() {
            @Override
            public void frames(List<GatewayFrame> frames) {
                heard.addAll(frames);
            }

            @Override
            public void closed(String reason) {
                closed.add(reason);
            }
        }).onSuccess(connected::complete).onFailure(connected::completeExceptionally));
        return connected.get(20, TimeUnit.SECONDS);
    }
}
