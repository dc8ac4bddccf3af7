package io.claudeflow.swarm.hivemind;

import io.claudeflow.swarm.hivemind.adapter.http.RequestMeters;
import io.claudeflow.swarm.hivemind.leader.Meters;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.kit.metrics.Family;
import io.claudeflow.swarm.kit.metrics.Metrics;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            "From the beginning of a task's first attempt to its end.", Family.DURATIONS);
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
            TERM, SUBMITTED, CLIENTS, REQUESTS, REQUEST, TASKS, VOTERS, COMMIT);

    private final Metrics metrics = new Metrics(FAMILIES);
    private volatile @Nullable Observed last;
    private volatile int clients;
    private volatile int tasks;

    private record Observed(SwarmState state, Map<String, Integer> declared) {}

    HivemindMetrics() {
        metrics.read(AGENTS, this::agents);
        metrics.read(QUEUED, () -> one(state -> state.queued()));
        metrics.read(RUNNING, () -> one(state -> state.running()));
        metrics.read(VOTERS, () -> one(state -> state.voters().size()));
        metrics.read(TERM, () -> one(state -> state.term()));
        metrics.read(CLIENTS, () -> one(_ -> clients));
        metrics.read(TASKS, () -> one(_ -> tasks));
    }

    Metrics metrics() {
        return metrics;
    }

    @Override
    public void ended(Task task) {
        var outcome = task.outcome();
        var started = task.root().startedAt();
        if (outcome == null) {
            return;
        }
        if (started != null) {
            var duration = Duration.between(started, outcome.finishedAt());
            metrics.observe(DURATION, Math.max(0, duration.toMillis()) / 1_000.0);
        }
        if (outcome.phase() == TaskPhase.COMPLETED) {
            metrics.add(COMPLETED, 1, task.about().name());
        } else if (outcome.phase() == TaskPhase.FAILED) {
            metrics.add(FAILURES_TOTAL, 1, task.about().name());
            metrics.add(FAILURES, 1, task.about().name());
        }
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
    public void observed(int connected, int held) {
        clients = connected;
        tasks = held;
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
}
