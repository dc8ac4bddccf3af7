package io.claudeflow.swarm.benchmarks.ledger;

import com.nimbusds.jose.JOSEException;
import io.claudeflow.swarm.kit.cluster.MeshVertx;
import io.claudeflow.swarm.mesh.task.TasksClient;
import io.claudeflow.swarm.mesh.task.TasksClientConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The run: starts replicas and agents, is the client itself, and writes what it saw as CSV. The launcher is idle while it
 * measures, so this JVM's CPU is the client's.
 */
final class LedgerThroughput implements AutoCloseable {
    private static final int[] LEVELS = {1, 64, 1_000};
    private static final int WARM_UP = 256;
    private static final int GROWTH_TASKS = 100_000;
    private static final List<String> REPLICA_HEAP = List.of("-Xmx512m");
    private static final List<String> AGENTS_HEAP = List.of("-Xmx256m");

    private final Plan plan;
    private final Layout layout;
    private final List<Jvm> replicas = new ArrayList<>();
    private final Vertx vertx = MeshVertx.alone();
    private final Jvm self = Jvm.thisOne("client");
    private final List<Profile.Window> windows = new ArrayList<>();
    private @Nullable Jvm agents;
    private int leader = -1;

    /**
     * What to do.
     *
     * @param out     where the figures go
     * @param sites   {@code spread}, {@code leader} or {@code followers}: whose gateways the agents use
     * @param warmUp  seconds before the first round, and a third of it before that of each level
     * @param rounds  of each level
     * @param seconds of a round
     * @param profile whether replicas, agents and client write flight recordings
     */
    record Plan(Path folder, Path out, String sites, int warmUp, int rounds, int seconds, boolean profile) {
        static Plan of(String[] args) {
            return new Plan(Path.of(args[0]), Path.of(args[1]), args[2], Integer.parseInt(args[3]),
                    Integer.parseInt(args[4]), Integer.parseInt(args[5]), Boolean.parseBoolean(args[6]));
        }
    }

    private LedgerThroughput(Plan plan) throws IOException, JOSEException {
        this.plan = plan;
        this.layout = new Layout(plan.folder());
        layout.write();
        Files.createDirectories(plan.out());
    }

    /** @param args a {@link Plan}, in its order */
    public static void main(String[] args) throws Exception {
        try (var run = new LedgerThroughput(Plan.of(args))) {
            run.found();
            run.measure();
        }
    }

    // The swarm.

    private void found() throws IOException {
        for (int n = 0; n < Layout.REPLICAS; n++) {
            replicas.add(Jvm.start("replica-" + n, Replica.class, REPLICA_HEAP, recording("replica-" + n),
                    plan.folder().resolve("replica-" + n + ".log"),
                    List.of(plan.folder().toString(), String.valueOf(n))));
        }
        until(() -> {
            leader = leader();
            return leader >= 0;
        });
        var args = new ArrayList<>(List.of(plan.folder().toString()));
        sites().forEach(site -> args.add(String.valueOf(site)));
        agents = Jvm.start("agents", Agents.class, AGENTS_HEAP, recording("agents"),
                plan.folder().resolve("agents.log"), args);
        until(() -> Gauges.of(leader).connectedAgents() == Layout.AGENTS);
    }

    private String recording(String name) {
        return plan.profile() ? plan.folder().resolve(name + ".jfr").toString() : "";
    }

    private static int leader() {
        for (int n = 0; n < Layout.REPLICAS; n++) {
            try {
                if (Gauges.of(n).leads()) {
                    return n;
                }
            } catch (IOException _) {
                // It does not listen yet.
            }
        }
        return -1;
    }

    private List<Integer> sites() {
        return IntStream.range(0, Layout.REPLICAS).boxed().filter(n -> switch (plan.sites()) {
            case "leader" -> n == leader;
            case "followers" -> n != leader;
            case "spread" -> true;
            default -> throw new IllegalArgumentException(plan.sites() + ": spread, leader or followers");
        }).toList();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void until(Condition condition) throws IOException {
        for (int tries = 0; !condition.holds(); tries++) {
            if (tries > 600 || replicas.stream().anyMatch(replica -> !replica.alive())) {
                throw new IllegalStateException("the swarm did not come up; see the logs in " + plan.folder());
            }
            pause(100);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // The figures.

    private void measure() throws Exception {
        Promise<Context> ready = Promise.promise();
        vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                ready.complete(context);
                return Future.succeededFuture();
            }
        }).onFailure(ready::fail);
        var context = ready.future().await();
        var token = layout.userToken();
        Promise<TasksClient> made = Promise.promise();
        context.runOnContext(_ -> made.complete(
                new TasksClient(vertx, TasksClientConfig.of(Layout.gateways(), () -> token))));
        var client = made.future().await();
        rounds(client, context);
        growth(client, context);
        client.close().await();
    }

    private void rounds(TasksClient client, Context context) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("outstanding,round,agents_at,tasks,seconds,tasks_per_s,p50_us,p99_us,max_us,cpu_leader_us,"
                + "cpu_followers_us,cpu_agents_us,cpu_client_us,cpu_others_percent,log_bytes,sleeps_leader,sleeps_followers");
        // Whatever the level, code is compiled sooner when much of it runs.
        warmUp(client, context, WARM_UP, plan.warmUp());
        for (int outstanding : LEVELS) {
            warmUp(client, context, outstanding, plan.warmUp() / LEVELS.length);
            for (int round = 1; round <= plan.rounds(); round++) {
                lines.add(round(client, context, outstanding, round));
                System.out.println(lines.getLast());
            }
        }
        Files.write(plan.out().resolve("rounds.csv"), lines);
    }

    private static void warmUp(TasksClient client, Context context, int outstanding, long seconds) {
        long begun = System.nanoTime();
        var load = Load.begin(client, context, outstanding);
        pause(seconds * 1_000);
        load.stop(begun);
    }

    private String round(TasksClient client, Context context, int outstanding, int number) throws IOException {
        var volume = new LogVolume(layout.volume(leader));
        long logged = volume.look();
        var before = Usage.of(this);
        var from = Instant.now();
        long begun = System.nanoTime();
        var load = Load.begin(client, context, outstanding);
        for (int second = 0; second < plan.seconds(); second++) {
            pause(1_000);
            volume.look();
        }
        var round = load.stop(begun);
        windows.add(new Profile.Window(outstanding, from, Instant.now()));
        var used = Usage.of(this).since(before);
        long bytes = volume.look() - logged;
        if (leader() != leader) {
            throw new IllegalStateException("another replica leads now: the round does not count");
        }
        double tasks = round.tasks();
        return String.format(Locale.ROOT, "%d,%d,%s,%d,%.3f,%.0f,%d,%d,%d,%.1f,%.1f,%.1f,%.1f,%.1f,%.0f,%.2f,%.2f",
                outstanding,
                number, plan.sites(), round.tasks(), round.seconds(), round.perSecond(), round.quantile(0.5),
                round.quantile(0.99), round.quantile(1), used.leader / tasks, used.followers / tasks,
                used.agents / tasks, used.client / tasks, used.others / (round.seconds() * 1e6) * 100,
                bytes / tasks, used.leaderSleeps / tasks, used.followerSleeps / tasks);
    }

    /** CPU microseconds by component, and how often threads went to sleep. */
    private record Usage(long leader, long followers, long agents, long client, long others, long leaderSleeps,
            long followerSleeps) {
        static Usage of(LedgerThroughput run) throws IOException {
            long leader = 0;
            long followers = 0;
            long leaderSleeps = 0;
            long followerSleeps = 0;
            for (int n = 0; n < Layout.REPLICAS; n++) {
                long used = run.replicas.get(n).cpuMicros();
                leader += n == run.leader ? used : 0;
                followers += n == run.leader ? 0 : used;
                long sleeps = run.replicas.get(n).sleeps();
                leaderSleeps += n == run.leader ? sleeps : 0;
                followerSleeps += n == run.leader ? 0 : sleeps;
            }
            long agents = run.agents == null ? 0 : run.agents.cpuMicros();
            long client = run.self.cpuMicros();
            return new Usage(leader, followers, agents, client,
                    Jvm.machineMicros() - leader - followers - agents - client, leaderSleeps, followerSleeps);
        }

        Usage since(Usage before) {
            return new Usage(leader - before.leader, followers - before.followers, agents - before.agents,
                    client - before.client, others - before.others, leaderSleeps - before.leaderSleeps,
                    followerSleeps - before.followerSleeps);
        }
    }

    private void growth(TasksClient client, Context context) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("second,tasks_done,tasks_per_s,heap_leader_mib,heap_followers_mib,ledger_tasks");
        long begun = System.nanoTime();
        var load = Load.begin(client, context, LEVELS[LEVELS.length - 1]);
        long before = 0;
        while (load.done() < GROWTH_TASKS) {
            pause(1_000);
            double heap = 0;
            for (int n = 0; n < Layout.REPLICAS; n++) {
                heap += n == leader ? 0 : Gauges.of(n).heapMib();
            }
            var now = Gauges.of(leader);
            long done = load.done();
            lines.add(String.format(Locale.ROOT, "%.1f,%d,%d,%.0f,%.0f,%.0f", (System.nanoTime() - begun) / 1e9, done,
                    done - before, now.heapMib(), heap, now.tasks()));
            before = done;
        }
        load.stop(begun);
        Files.write(plan.out().resolve("growth.csv"), lines);
        System.out.println(String.join("\n", lines));
    }

    @Override
    public void close() throws Exception {
        if (agents != null) {
            agents.close();
        }
        for (var replica : replicas) {
            replica.close();
        }
        vertx.close().await();
        if (plan.profile() && !windows.isEmpty()) {
            profile();
        }
    }

    private void profile() throws IOException {
        var lines = new ArrayList<String>();
        lines.add("outstanding,process,thread,component,method,samples");
        for (int n = 0; n < Layout.REPLICAS; n++) {
            lines.addAll(Profile.lines(n == leader ? "leader" : "follower-" + n,
                    Path.of(recording("replica-" + n)), windows));
        }
        lines.addAll(Profile.lines("agents", Path.of(recording("agents")), windows));
        Files.write(plan.out().resolve("profile.csv"), lines);
    }
}
