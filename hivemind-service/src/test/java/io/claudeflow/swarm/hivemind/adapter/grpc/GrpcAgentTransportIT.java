package io.claudeflow.swarm.hivemind.adapter.grpc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcAgentTransportIT {
    private final Vertx vertx = Vertx.vertx();
    private final Map<Integer, TestReplica> group = new LinkedHashMap<>();

    @BeforeEach
    void start() {
        for (int replica = 0; replica < 3; replica++) {
            TestReplica.start(vertx, replica, group, TestReplica.SECRET, 1);
        }
    }

    @AfterEach
    void stop() throws Exception {
        group.values().forEach(TestReplica::stop);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void theLeaderHearsTheAgentsOfAllReplicasAndAnswersEach() {
        everyone(0, 1);
        var agents = connectOneToEach();

        agents.values().forEach(agent -> agent.beat(1, 200));

        agents.forEach((name, agent) -> await().untilAsserted(() -> {
            assertEquals(upTo(200), replica(0).heard.getOrDefault(name, List.of()));
            assertEquals(upTo(200), agent.granted);
        }));
    }

    @Test
    void aChangeOfLeaderLosesNothingAndReordersNothing() {
        everyone(0, 1);
        var agents = connectOneToEach();
        agents.values().forEach(agent -> agent.beat(1, 2_000));
        await().until(() -> !replica(0).heard.isEmpty());

        everyone(-1, 1);
        agents.values().forEach(agent -> agent.beat(2_001, 4_000));
        everyone(2, 2);
        agents.values().forEach(agent -> agent.beat(4_001, 5_000));

        agents.forEach((name, agent) -> await().untilAsserted(() -> {
            var both = new ArrayList<>(replica(0).heard.getOrDefault(name, List.of()));
            both.addAll(replica(2).heard.getOrDefault(name, List.of()));
            assertEquals(upTo(5_000), both.stream().distinct().toList(), name);
            assertTrue(agent.connected(), "the agent noticed");
        }));
        assertTrue(replica(2).open.size() == 3, () -> replica(2).events.toString());
    }

    @Test
    void theSameLeaderInANewTermHearsEveryAgentAnew() {
        everyone(0, 1);
        var agents = connectOneToEach();
        agents.values().forEach(agent -> agent.beat(1, 1));
        await().until(() -> agents.values().stream().allMatch(agent -> agent.granted.size() == 1));

        everyone(0, 2);
        agents.values().forEach(agent -> agent.beat(2, 2));

        await().untilAsserted(() -> assertEquals(
                Map.of("agent-0", upTo(2), "agent-1", upTo(2), "agent-2", upTo(2)), replica(0).heard));
        assertEquals(6, replica(0).events.stream().filter(event -> event.startsWith("opened")).count());
    }

    @Test
    void whatAnAgentSaidBeforeItLeftReachesTheNextLeader() {
        everyone(-1, 1);
        var agent = TestAgent.connect(vertx, replica(1), "agent", true);
        await().until(agent::connected);
        agent.beat(1, 3);
        agent.leave();
        await().until(agent::ended);

        everyone(0, 2);

        await().untilAsserted(() -> assertEquals(List.of("opened 1", "closed 1"), replica(0).events));
        assertEquals(upTo(3), replica(0).heard.get("agent"));
    }

    @Test
    void aReplicaThatIsGoneClosesItsSessions() {
        everyone(0, 1);
        var agent = TestAgent.connect(vertx, replica(1), "agent", true);
        await().until(() -> replica(0).open.size() == 1);

        replica(1).stop();
        group.remove(1);

        await().until(() -> replica(0).open.isEmpty());
        await().until(agent::ended);
    }

    @Test
    void theLeaderEndsASessionAfterWhatItSent() {
        everyone(0, 1);
        var agents = connectOneToEach();
        agents.values().forEach(agent -> agent.beat(1, 1));
        await().until(() -> agents.values().stream().allMatch(agent -> agent.granted.size() == 1));
        var leader = replica(0);

        leader.run(() -> leader.open.forEach(session -> {
            leader.transport.send(session, GatewayFrame.newBuilder()
                    .setLeaseGrant(io.claudeflow.swarm.mesh.agent.v1.LeaseGrant.newBuilder().setSequence(2))
                    .build());
            leader.transport.close(session);
        }));

        agents.values().forEach(agent -> await().until(agent::ended));
        agents.values().forEach(agent -> assertEquals(upTo(2), agent.granted));
        await().until(() -> leader.open.isEmpty());
    }

    @Test
    void peersOfAnotherSecretOrEpochAreRefused() {
        everyone(0, 1);
        var stranger = TestReplica.start(vertx, 3, group, "another-secret", 1);
        var late = TestReplica.start(vertx, 4, group, TestReplica.SECRET, 2);
        stranger.leader(0, 1);
        late.leader(0, 1);
        var first = TestAgent.connect(vertx, stranger, "first", true);
        var second = TestAgent.connect(vertx, late, "second", true);
        await().until(() -> first.connected() && second.connected());

        first.beat(1, 1);
        second.beat(1, 1);

        var witness = TestAgent.connect(vertx, replica(1), "witness", true);
        await().until(witness::connected);
        witness.beat(1, 1);
        await().until(() -> witness.granted.size() == 1);
        assertEquals(java.util.Set.of("witness"), replica(0).heard.keySet());
    }

    @Test
    void anAgentThatDoesNotReadIsSentAwayAndTheOthersGoOn() {
        everyone(0, 1);
        var deaf = TestAgent.connect(vertx, replica(1), "deaf", false);
        await().until(() -> deaf.connected() && replica(0).open.size() == 1);
        // The second one, so that the first session is the deaf one's.
        var other = TestAgent.connect(vertx, replica(1), "other", true);
        await().until(() -> other.connected() && replica(0).open.size() == 2);
        deaf.beat(1, 1);
        await().until(() -> replica(0).heard.containsKey("deaf"));
        var leader = replica(0);
        var big = GatewayFrame.newBuilder()
                .setAssign(Assign.newBuilder().setCheckpoint(ByteString.copyFrom(new byte[64 * 1024])))
                .build();

        leader.run(() -> {
            for (int i = 0; i < 400; i++) {
                leader.transport.send(leader.open.getFirst(), big);
            }
        });

        await().until(() -> leader.open.size() == 1);
        other.beat(1, 1);
        await().until(() -> other.granted.size() == 1);
        assertFalse(other.ended());
    }

    @Test
    void anAgentThatIsTooFastIsReadSlowerAndTheOthersAreNot() {
        everyone(0, 1);
        var noisy = TestAgent.connect(vertx, replica(1), "noisy", true);
        var other = TestAgent.connect(vertx, replica(1), "other", true);
        await().until(() -> noisy.connected() && other.connected() && replica(0).open.size() == 2);
        int flood = 100;
        noisy.beat(1, flood, "x".repeat(3 * Limits.AGENT_BYTES_PER_SECOND / flood));
        await().until(() -> replica(0).heard.containsKey("noisy"));
        other.beat(1, 1);
        await().until(() -> other.granted.size() == 1);
        assertTrue(replica(0).heard.getOrDefault("noisy", List.of()).size() < flood, "it was not held up");
        await().untilAsserted(() -> assertEquals(upTo(flood), replica(0).heard.getOrDefault("noisy", List.of())));
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftOpen() throws Exception {
        int taken = replica(0).transport.peerPort();
        var config = new GrpcAgentTransportConfig(3, "127.0.0.1", 0, taken,
                _ -> SocketAddress.inetSocketAddress(taken, "127.0.0.1"), TestReplica.GROUP, 1, TestReplica.SECRET);
        var transport = new GrpcAgentTransport(vertx, config);
        Promise<Void> started = Promise.promise();

        vertx.runOnContext(_ -> transport.start().onComplete(started));

        await().until(started.future()::isComplete);
        assertTrue(String.valueOf(started.future().cause().getMessage()).contains("127.0.0.1:" + taken),
                () -> String.valueOf(started.future().cause()));
        transport.leader(0, 1, replica(0));
    }

    private TestReplica replica(int number) {
        return Objects.requireNonNull(group.get(number));
    }

    private void everyone(int leader, long term) {
        group.values().forEach(replica -> replica.leader(leader, term));
    }

    private Map<String, TestAgent> connectOneToEach() {
        var agents = new LinkedHashMap<String, TestAgent>();
        group.forEach((replica, started) -> agents.put("agent-" + replica,
                TestAgent.connect(vertx, started, "agent-" + replica, true)));
        agents.values().forEach(agent -> await().until(agent::connected));
        return agents;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
