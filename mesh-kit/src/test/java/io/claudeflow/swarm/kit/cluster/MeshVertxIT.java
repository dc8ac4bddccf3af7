package io.claudeflow.swarm.kit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.Hazelcast;
import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.names.HostsFileResolverProvider;
import io.claudeflow.swarm.kit.names.LookUps;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshVertxIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final List<String> ADDRESSES = List.of("127.0.57.2", "127.0.57.3", "127.0.57.4");

    @TempDir
    Path folder;

    private final List<Vertx> members = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void lookUpAnew() {
        LookUps.anew();
    }

    @AfterEach
    void end() throws Exception {
        System.clearProperty(HostsFileResolverProvider.PROPERTY);
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
        for (var member : members) {
            await(member.close());
        }
    }

    @Test
    void membersBehindANameFindEachOther() throws Exception {
        hosts(ADDRESSES);
        System.setProperty(HostsFileResolverProvider.PROPERTY, folder.resolve("hosts").toString());

        join(new ClusterConfig.Seeds.Service("research-mesh.demo.svc"), null, 3);

        everyoneHearsEveryone(3);
    }

    @Test
    void membersThatStartedApartComeTogetherOnceTheNameIsKnown() throws Exception {
        hosts(List.of());
        System.setProperty(HostsFileResolverProvider.PROPERTY, folder.resolve("hosts").toString());
        join(new ClusterConfig.Seeds.Service("late-mesh.demo.svc"), null, 2);
        assertEquals(ErrorCode.UNAVAILABLE, refused(members.getFirst(), "m1").code());

        hosts("late-mesh.demo.svc", ADDRESSES.subList(0, 2));

        eventually(() -> everyoneHearsEveryone(2));
    }

    @Test
    void aFrozenMemberIsOutAndComesBack() throws Exception {
        join(new ClusterConfig.Seeds.Members(ADDRESSES), null, 2);
        var third = process("m2", ADDRESSES.get(2));
        eventually(() -> assertEquals("m2", ask(members.getFirst(), "m2", "hello").by()));

        signal("STOP", third);
        long begin = System.nanoTime();
        eventually(() -> assertEquals(ErrorCode.UNAVAILABLE, refused(members.getFirst(), "m2").code()));
        long out = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        signal("CONT", third);
        eventually(() -> assertEquals("m2", ask(members.getFirst(), "m2", "hello").by()));

        assertTrue(out < 12_000, "frozen member out after " + out + " ms");
        third.destroyForcibly().waitFor();
    }

    @Test
    void requestsToAKilledMemberFailFast() throws Exception {
        join(new ClusterConfig.Seeds.Members(ADDRESSES), null, 2);
        var third = process("m2", ADDRESSES.get(2));
        eventually(() -> assertEquals("m2", ask(members.getFirst(), "m2", "hello").by()));

        third.destroyForcibly().waitFor();
        long begin = System.nanoTime();
        eventually(() -> assertEquals(ErrorCode.UNAVAILABLE, refused(members.getFirst(), "m2").code()));
        long noticed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        begin = System.nanoTime();
        refused(members.getFirst(), "m2");
        long answered = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

        assertTrue(noticed < 6_000, "noticed after " + noticed + " ms");
        assertTrue(answered < 200, "answered after " + answered + " ms");
        everyoneHearsEveryone(2);
    }

    @Test
    void theBusIsMutualTlsWhenCertificatesAreGiven() throws Exception {
        var ca = TestCertificates.authority("mesh");
        var seeds = new ClusterConfig.Seeds.Members(ADDRESSES);
        join(seeds, ca.folder(folder.resolve("good"), "m"), 2);
        eventually(() -> everyoneHearsEveryone(2));

        var foreign = TestCertificates.authority("foreign").folder(folder.resolve("foreign"), "m");
        var stranger = member("m2", ADDRESSES.get(2), seeds, foreign);

        eventually(() -> assertEquals(3,
                Hazelcast.getAllHazelcastInstances()
                        .iterator()
                        .next()
                        .getCluster()
                        .getMembers()
                        .size()));
        assertEquals(ErrorCode.INDETERMINATE, refused(stranger, "m0").code());
        assertEquals(ErrorCode.INDETERMINATE, refused(members.getFirst(), "m2").code());
        everyoneHearsEveryone(2);
    }

    private void join(ClusterConfig.Seeds seeds, @Nullable Path certificates, int count) throws Exception {
        var joining = new ArrayList<Future<Vertx>>();
        for (int i = 0; i < count; i++) {
            joining.add(joining(ADDRESSES.get(i), seeds, certificates));
        }
        for (int i = 0; i < count; i++) {
            var vertx = await(joining.get(i));
            members.add(vertx);
            await(EchoMember.serve(vertx, "m" + i));
        }
    }

    private Vertx member(String name, String address, ClusterConfig.Seeds seeds, @Nullable Path certificates)
            throws Exception {
        var vertx = await(joining(address, seeds, certificates));
        members.add(vertx);
        await(EchoMember.serve(vertx, name));
        return vertx;
    }

    private static Future<Vertx> joining(String address, ClusterConfig.Seeds seeds, @Nullable Path certificates) {
        return MeshVertx.clustered(new ClusterConfig("demo/research", address, seeds, 15_701, 5_701, certificates))
                .map(MeshVertx::vertx);
    }

    private Process process(String name, String address) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("swarm.jvm.options").split(" ")));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                EchoMember.class.getName()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment()
                .putAll(Map.of("ECHO_NAME", name, ClusterConfig.MESH, "demo/research",
                        ClusterConfig.ADDRESS, address, ClusterConfig.MEMBERS, String.join(",", ADDRESSES)));
        var process = builder.start();
        processes.add(process);
        return process;
    }

    private static void signal(String name, Process process) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor());
    }

    private void hosts(List<String> addresses) throws Exception {
        hosts("research-mesh.demo.svc", addresses);
    }

    private void hosts(String name, List<String> addresses) throws Exception {
        var next = folder.resolve("next");
        Files.writeString(next,
                String.join("", addresses.stream().map(address -> address + " " + name + "\n").toList()));
        Files.move(next, folder.resolve("hosts"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void everyoneHearsEveryone(int count) throws Exception {
        for (int from = 0; from < count; from++) {
            for (int to = 0; to < count; to++) {
                assertEquals(new EchoMember.Told("m" + to, "from " + from),
                        ask(members.get(from), "m" + to, "from " + from));
            }
        }
    }

    private static EchoMember.Told ask(Vertx from, String name, String text) throws Exception {
        return await(new Bus(from).request(EchoMember.channel(name), new EchoMember.Ask(text), TraceContext.root()));
    }

    private static SwarmException refused(Vertx from, String name) {
        return assertThrows(SwarmException.class, () -> ask(from, name, "hello"));
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(LIMIT).ignoreExceptionsInstanceOf(SwarmException.class).untilAsserted(assertion);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
