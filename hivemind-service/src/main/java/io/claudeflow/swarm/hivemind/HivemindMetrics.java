package io.claudeflow.swarm.hivemind;

import io.claudeflow.swarm.hivemind.adapter.http.RequestMeters;
import io.claudeflow.swarm.hivemind.leader.Meters;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Totals;
import io.claudeflow.swarm.kit.metrics.Distribution;
import io.claudeflow.swarm.kit.metrics.Family;
import io.claudeflow.swarm.kit.metrics.Metrics;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Everything that a replica counts. The leader alone has numbers of the swarm. */
final class HivemindMetrics implements Meters, RequestMeters {
    private static final Family COMPLETED = Family.counter("swarm_tasks_completed_total", "tasks",
            "Tasks that ended well.", "task");
    private static final Family FAILURES_TOTAL = Family.counter("swarm_task_failures_total", "tasks",
            "Tasks that failed.", "task");
    /** The same under the name that alerts in the user documentation use. */
    private static final Family FAILURES = Family.counter("swarm_task_failures", "tasks", "Tasks that failed.", "task");
    private static final Family DURATION = Family.histogram("swarm_task_duration_seconds", "seconds",
            "From the beginning of a task's first attempt to its end.", Totals.BOUNDS);
    private static final Family MEAN_DURATION = Family.gauge("avg_task_duration", "seconds",
            "The mean of swarm_task_duration_seconds since the swarm began.");
    private static final Family QUEUE_DEPTH = Family.gauge("task_queue_depth", "steps",
            "Steps that wait for an agent.");
    private static final Family PENDING = Family.gauge("pending_tasks", "tasks",
            "Tasks that have not ended and of which nothing runs.");
    private static final Family AGENTS = Family.gauge("swarm_agents_total", "agents",
            "Agents that the operator has declared, by whether they are connected.", "type", "status");
    private static final Family QUEUED = Family.gauge("swarm_hivemind_queued_steps", "steps",
            "Steps that wait for an agent.");
    private static final Family RUNNING = Family.gauge("swarm_hivemind_held_steps", "steps",
            "Steps that an agent holds.");
    private static final Family TERM = Family.gauge("swarm_hivemind_leader_term", "1",
            "The term of the leader, on the leader.");
    private static final Family SUBMITTED = Family.counter("swarm_tasks_submitted_total", "tasks",
            "Tasks that came into the ledger, by where they came from.", "origin");
    private static final Family CLIENTS = Family.gauge("swarm_hivemind_clients", "clients",
            "Clients connected to the leader's door for tasks.");
    private static final Family REQUESTS = Family.counter("swarm_hivemind_requests_total", "requests",
            "Requests over HTTP that this replica has answered, also those it passed on to the leader.", "route",
            "status");
    private static final Family REQUEST = Family.histogram("swarm_hivemind_request_seconds", "seconds",
            "From a request's arrival over HTTP to its answer, waiting for a task's end included.", Family.DURATIONS,
            "route");
    private static final Family TASKS = Family.gauge("swarm_hivemind_tasks", "tasks",
            "Tasks that the ledger holds, finished ones included.");
    private static final Family VOTERS = Family.gauge("swarm_hivemind_voters", "replicas",
            "Replicas that vote, on the leader.");
    private static final Family COMMIT = Family.histogram("swarm_hivemind_commit_seconds", "seconds",
            "From a command's submission to its application on the leader.", Family.DURATIONS);

    static final List<Family> FAMILIES = List.of(COMPLETED, FAILURES_TOTAL, FAILURES, DURATION, AGENTS, QUEUED, RUNNING,
            TERM, SUBMITTED, CLIENTS, REQUESTS, REQUEST, TASKS, VOTERS, COMMIT, MEAN_DURATION, QUEUE_DEPTH, PENDING);

    private final Metrics metrics = new Metrics(FAMILIES);
    private volatile @Nullable Observed last;
    private volatile int clients;
    private volatile int tasks;
    private volatile int pending;
    private volatile Totals totals = Totals.NONE;
    private final ByTask completed = new ByTask();
    private final ByTask failed = new ByTask();

    private record Observed(SwarmState state, Map<String, Integer> declared) {}

    HivemindMetrics() {
        metrics.read(AGENTS, this::agents);
        metrics.read(QUEUED, () -> one(state -> state.queued()));
        metrics.read(RUNNING, () -> one(state -> state.running()));
        metrics.read(VOTERS, () -> one(state -> state.voters().size()));
        metrics.read(TERM, () -> one(state -> state.term()));
        metrics.read(CLIENTS, () -> one(_ -> clients));
        metrics.read(TASKS, () -> one(_ -> tasks));
        metrics.read(PENDING, () -> one(_ -> pending));
        metrics.read(QUEUE_DEPTH, () -> one(state -> state.queued()));
        metrics.read(COMPLETED, () -> of(completed, totals.completed()));
        metrics.read(FAILURES_TOTAL, () -> of(failed, totals.failed()));
        metrics.read(FAILURES, () -> of(failed, totals.failed()));
        metrics.read(DURATION, this::durations);
        metrics.read(MEAN_DURATION, this::mean);
    }

    Metrics metrics() {
        return metrics;
    }

    @Override
    public void ended(Task task) {
        var outcome = task.outcome();
        if (outcome != null && outcome.phase() == TaskPhase.COMPLETED) {
            completed.add(task.about().name());
        } else if (outcome != null && outcome.phase() == TaskPhase.FAILED) {
            failed.add(task.about().name());
        }
    }

    @Override
    public void totals(Totals counted) {
        totals = counted;
    }

    @Override
    public void submitted(TaskOrigin origin) {
        metrics.add(SUBMITTED, 1, switch (origin) {
            case KUBERNETES -> "kubernetes";
            case CLIENT -> "client";
        });
    }

    @Override
    public void committed(long nanos) {
        metrics.observe(COMMIT, nanos / 1e9);
    }

    @Override
    public void observed(@Nullable SwarmState state, Map<String, Integer> declaredByType) {
        last = state == null ? null : new Observed(state, Map.copyOf(declaredByType));
    }

    @Override
    public void observed(int connected, int held, int waiting) {
        clients = connected;
        tasks = held;
        pending = waiting;
    }

    private Map<List<String>, Double> of(ByTask named, long total) {
        return last == null ? Map.of() : named.upTo(total);
    }

    private @Nullable Distribution durations() {
        var now = totals;
        return last == null ? null : new Distribution(now.runs(), now.runMillis() / 1_000.0);
    }

    private Map<List<String>, Double> mean() {
        var now = totals;
        return one(_ -> now.ran() == 0 ? 0 : now.runMillis() / 1_000.0 / now.ran());
    }

    @Override
    public void answered(String route, int status, long nanos) {
        metrics.add(REQUESTS, 1, route, String.valueOf(status));
        metrics.observe(REQUEST, nanos / 1e9, route);
    }

    private Map<List<String>, Double> one(ToDoubleFunction<SwarmState> value) {
        var now = last;
        return now == null ? Map.of() : Map.of(List.of(), value.applyAsDouble(now.state()));
    }

    private Map<List<String>, Double> agents() {
        var now = last;
        var values = new HashMap<List<String>, Double>();
        if (now != null) {
            now.declared().forEach((type, declared) -> {
                int connected = now.state().connectedByType().getOrDefault(type, 0);
                values.put(List.of(type, "connected"), (double) connected);
                values.put(List.of(type, "disconnected"), (double) Math.max(0, declared - connected));
            });
        }
        return values;
    }

    /**
     * Tasks by name, as many as this process has seen end while it led. The ledger knows how many there are in all, whoever led:
     * the rest has no name.
     */
    private static final class ByTask {
        private final Map<String, Long> counts = new ConcurrentHashMap<>();

        void add(String name) {
            if (counts.size() < Metrics.MAX_LABEL_VALUES || counts.containsKey(name)) {
                counts.merge(name, 1L, Long::sum);
            }
        }

        Map<List<String>, Double> upTo(long total) {
            var values = new HashMap<List<String>, Double>();
            double rest = total;
            for (var count : counts.entrySet()) {
                values.put(List.of(count.getKey()), (double) count.getValue());
                rest -= count.getValue();
            }
            if (rest > 0) {
                values.merge(List.of(Metrics.OTHER), rest, Double::sum);
            }
            return values;
        }
    }
}
