package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.Ledger;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Samples;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Trust;
import io.claudeflow.swarm.hivemind.port.TokenVerifier.Verification;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Three replicas, their log and their agents in virtual time; everything that happens is an event of one queue. */
final class World {
    static final String USER_TOKEN = "user";
    static final String BAD_TOKEN = "bad";
    static final String EXPIRED_TOKEN = "expired";
    private static final int REPLICAS = 3;

    final Random random;
    final Ledger ledger = new Ledger(LedgerImage.empty(1));
    final WorldLog log;
    final List<SimAgent> agents = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Coordinator> replicas = new ArrayList<>();
    final WorldDoor door = new WorldDoor();
    private final List<WorldTransport> transports = new ArrayList<>();
    private long now = 1_000;
    private long sequence;
    private long term;
    int leader = -1;

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    World(long seed) {
        random = new Random(seed);
        log = new WorldLog(this);
        for (int ordinal = 0; ordinal < REPLICAS; ordinal++) {
            var transport = new WorldTransport(this, ordinal);
            transports.add(transport);
            replicas.add(new Coordinator(
                    new LeaderConfig("uid", "c", ordinal, Duration.ofSeconds(5), Duration.ofSeconds(1)),
                    log.of(ordinal), transport, door,
                    World::verify, new Quiet(),
                    _ -> {}, cause -> {
                        throw new IllegalStateException(cause);
                    }, () -> now, () -> Instant.ofEpochMilli(now)));
        }
        every(Coordinator.TICK_MILLIS, () -> replicas.forEach(Coordinator::tick));
    }

    private static Verification verify(String token, Trust trust) {
        var late = Instant.MAX.minusSeconds(100);
        return switch (token) {
            case USER_TOKEN -> new Verification.User("demo-user", late);
            case BAD_TOKEN -> new Verification.Rejected("not of " + trust.issuer());
            case EXPIRED_TOKEN -> new Verification.Expired(Instant.EPOCH);
            default -> new Verification.Agent(token, token, late);
        };
    }

    private static final class Quiet implements Meters {
        @Override
        public void ended(Task task) {}

        @Override
        public void submitted(TaskOrigin origin) {}

        @Override
        public void committed(long nanos) {}

        @Override
        public void observed(int clients, int tasks) {}

        @Override
        public void observed(@Nullable SwarmState state, Map<String, Integer> declaredByType) {}
    }

    long now() {
        return now;
    }

    void after(long millis, Runnable action) {
        events.add(new Event(now + millis, sequence++, action));
    }

    private void every(long millis, Runnable action) {
        after(millis, () -> {
            action.run();
            every(millis, action);
        });
    }

    /** Lets that much time pass. */
    void run(long millis) {
        long end = now + millis;
        while (Objects.requireNonNull(events.peek()).at() <= end) {
            var event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }

    /** Another replica leads; the log keeps some of what was on its way and loses the rest. */
    void elect() {
        int old = leader;
        int next = random.nextInt(REPLICAS);
        leader = -1;
        log.cut();
        if (old >= 0) {
            replicas.get(old).following(-1, term);
        }
        after(random.nextInt(20, 1_000), () -> {
            if (leader < 0) {
                term++;
                leader = next;
                replicas.get(next).leading(term, new LedgerView(ledger.image(), ledger.nextDeadline()));
            }
        });
    }

    @Nullable
    WorldTransport leading() {
        return leader < 0 ? null : transports.get(leader);
    }

    Coordinator replica(int ordinal) {
        return replicas.get(ordinal);
    }

    /** Asks the leader until it answers. */
    void ask(HivemindCommand command) {
        var asked = leader < 0 ? null : replicas.get(leader).handle(command);
        if (asked == null) {
            after(50, () -> ask(command));
            return;
        }
        asked.onComplete(reply -> {
            if (reply.failed() || reply.result() instanceof HivemindReply.NotLeader) {
                after(50, () -> ask(command));
            }
        });
    }

    void found(int count) {
        var trust = new Trust("i", "a", "n", "s", "u", "{}");
        ask(new HivemindCommand.TrustUpdate(trust.issuer(), trust.audience(), trust.namespace(),
                trust.serviceAccount(), trust.userAccount(), trust.jwks()));
        var declared = IntStream.range(0, count).mapToObj(n -> Samples.agent("a" + n, 3)).toList();
        ask(new HivemindCommand.DeclareAgents(declared, true));
        for (int n = 0; n < count; n++) {
            var agent = new SimAgent(this, "pod-a" + n, 3);
            agents.add(agent);
            agent.start();
        }
    }

    void submit(String uid, TaskSpec spec) {
        ask(new HivemindCommand.SubmitTask(uid, TaskOrigin.KUBERNETES, "ns", uid, "", 1, spec, ""));
    }
}
