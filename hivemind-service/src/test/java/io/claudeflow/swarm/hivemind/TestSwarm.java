package io.claudeflow.swarm.hivemind;

import static org.awaitility.Awaitility.await;

import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.names.HostsFileResolverProvider;
import io.claudeflow.swarm.kit.names.LookUps;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindChannels;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.HivemindVariables;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.mesh.task.TasksClient;
import io.claudeflow.swarm.mesh.task.TasksClientConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole hive-mind as applications on loopback addresses of one Vert.x, with its bus and agents over gRPC. */
final class TestSwarm implements AutoCloseable {
    static final String UID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx);
    private final Tokens tokens = new Tokens();
    private final Path folder;
    private final String network;
    private final int replicas;
    private final Map<Integer, String> deployed = new ConcurrentHashMap<>();
    private final List<ScriptedAgent> agents = new ArrayList<>();
    private final List<TasksClient> clients = new ArrayList<>();
    private volatile @Nullable SwarmState state;

    /** @param network the first three numbers of the replicas' addresses, of this test alone */
    TestSwarm(Path folder, String network, int replicas) throws IOException {
        this(folder, network, replicas, replicas);
    }

    /** @param most how many replicas there may come to be */
    TestSwarm(Path folder, String network, int replicas, int most) throws IOException {
        this.folder = folder;
        this.network = network;
        this.replicas = replicas;
        LookUps.anew();
        var hosts = IntStream.range(0, most)
                .mapToObj(n -> address(n) + " demo-hivemind-" + n + ".demo-mesh.ns.svc\n")
                .collect(Collectors.joining());
        System.setProperty(HostsFileResolverProvider.PROPERTY,
                Files.writeString(folder.resolve("hosts-" + network), hosts).toString());
        var group = Files.createDirectories(folder.resolve("group"));
        Files.writeString(group.resolve(HivemindVariables.GROUP_ID), UID);
        Files.writeString(group.resolve(HivemindVariables.EPOCH), "1");
        Files.writeString(group.resolve(HivemindVariables.STATE), "Founding");
        Files.writeString(group.resolve(HivemindVariables.FOUNDERS),
                IntStream.range(0, replicas).mapToObj(String::valueOf).collect(Collectors.joining(",")));
        var secret = Files.createDirectories(folder.resolve("secret"));
        Files.writeString(secret.resolve("token"), "peer-secret");
    }

    String address(int ordinal) {
        return network + "." + (ordinal + 1);
    }

    void start() throws Exception {
        get(bus.subscribe(HivemindChannels.STATE, told -> state = told));
        var starts = IntStream.range(0, replicas).mapToObj(this::begin).toList();
        get(Future.all(starts).<Void>mapEmpty());
    }

    Future<String> begin(int ordinal) {
        var app = HivemindApplication.create(environment(ordinal), vertx);
        return vertx.deployVerticle(new Pod(app)).onSuccess(id -> deployed.put(ordinal, id));
    }

    /** From now on an empty volume founds nothing. */
    void establish() throws IOException {
        Files.writeString(folder.resolve("group").resolve(HivemindVariables.STATE), "Established");
    }

    void stop(int ordinal) throws Exception {
        get(vertx.undeploy(deployed.remove(ordinal)));
    }

    private static final class Pod extends VerticleBase {
        private final Application app;

        Pod(Application app) {
            this.app = app;
        }

        @Override
        public Future<?> start() {
            return app.start();
        }

        @Override
        public Future<?> stop() {
            return app.stop(Duration.ofSeconds(5));
        }
    }

    private Environment environment(int ordinal) {
        return new Environment(Map.ofEntries(Map.entry(MeshVariables.POD_NAME, "demo-hivemind-" + ordinal),
                Map.entry(MeshVariables.POD_IP, address(ordinal)), Map.entry(MeshVariables.CLUSTER, "demo"),
                Map.entry(MeshVariables.CLUSTER_UID, UID), Map.entry(MeshVariables.MESH_SERVICE, "demo-mesh.ns.svc"),
                Map.entry(HivemindVariables.DATA, "/data-" + ordinal), Map.entry(HivemindVariables.GROUP, "/group"),
                Map.entry(HivemindVariables.PEER_SECRET, "/secret"), Map.entry(HivemindVariables.LEASE, "1s"),
                Map.entry(HivemindVariables.HEARTBEAT, "100ms")), folder);
    }

    /** The leader, as the bus was told last. */
    int leader() {
        var now = state;
        return now == null ? -1 : now.leader();
    }

    @Nullable
    SwarmState state() {
        return state;
    }

    void forgetState() {
        state = null;
    }

    /** Asks whoever leads, and again while nobody does. */
    HivemindReply ask(HivemindCommand command) {
        return await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .until(() -> once(command),
                        reply -> !(reply instanceof HivemindReply.NotLeader));
    }

    private HivemindReply once(HivemindCommand command) throws Exception {
        return get(bus.request(HivemindChannels.replica(Math.max(0, leader())),
                new HivemindCommand.Request(UID, null, command), TraceContext.root(), Duration.ofSeconds(3)));
    }

    void trust() {
        var trust = tokens.trust();
        ask(new HivemindCommand.TrustUpdate(trust.issuer(), trust.audience(), trust.namespace(),
                trust.serviceAccount(), trust.userAccount(), trust.jobAccount(), trust.jwks()));
    }

    void declare(String... names) {
        ask(new HivemindCommand.DeclareAgents(
                Arrays.stream(names)
                        .map(name -> new AgentDeclaration("uid-" + name, name, "pod-" + name, "coder", 50, List.of(),
                                List.of(), Map.of(), 4, true, 1, null))
                        .toList(),
                Long.MAX_VALUE));
    }

    ScriptedAgent agent(String name, List<Integer> gateways, Function<Assign, @Nullable Outcome> script) {
        var agent = new ScriptedAgent(vertx, gateways.stream().map(this::address).toList(),
                tokens.of(name, "pod-" + name), script);
        agents.add(agent);
        return agent;
    }

    /** A client of the door for tasks, with a session of its own. */
    TasksClient client(String token) {
        return client(token, UUID.randomUUID().toString());
    }

    TasksClient client(String token, String session) {
        var doors = IntStream.range(0, replicas)
                .mapToObj(n -> SocketAddress.inetSocketAddress(MeshPorts.GATEWAY, address(n)))
                .toList();
        var client = new TasksClient(vertx,
                new TasksClientConfig(doors, () -> token, session, Duration.ofSeconds(20), 10_000));
        clients.add(client);
        return client;
    }

    Tokens tokens() {
        return tokens;
    }

    HivemindReply submit(String uid, TaskSpec spec) {
        return ask(new HivemindCommand.SubmitTask(uid, TaskOrigin.KUBERNETES, "ns", "task-" + uid, "", 1, spec, ""));
    }

    /** All tasks by UID. */
    Map<String, TaskState> tasks() {
        var page = (HivemindReply.TaskPage) ask(new HivemindCommand.TailTasks(0, 10_000, Duration.ZERO));
        return page.tasks().stream().collect(Collectors.toMap(TaskState::taskUid, task -> task));
    }

    /** What a replica's metrics say of a family without labels; NaN: nothing. */
    double gauge(int ordinal, String family) throws IOException {
        return scrape(ordinal).filter(line -> line.startsWith(family + " "))
                .mapToDouble(TestSwarm::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The sum over all series, of all replicas that run, of that name and with that text among their labels. */
    double sum(String name, String label) throws IOException {
        double sum = 0;
        for (var ordinal : List.copyOf(deployed.keySet())) {
            sum += scrape(ordinal)
                    .filter(line -> line.matches(Pattern.quote(name) + "[{ ].*") && line.contains(label))
                    .mapToDouble(TestSwarm::value)
                    .sum();
        }
        return sum;
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
    }

    private Stream<String> scrape(int ordinal) throws IOException {
        var metrics = URI.create("http://" + address(ordinal) + ":" + MeshPorts.MONITORING + "/metrics");
        try (var in = metrics.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        for (var client : clients) {
            get(client.close());
        }
        agents.forEach(ScriptedAgent::stop);
        for (var ordinal : List.copyOf(deployed.keySet())) {
            stop(ordinal);
        }
        get(vertx.close());
        System.clearProperty(HostsFileResolverProvider.PROPERTY);
    }
}
