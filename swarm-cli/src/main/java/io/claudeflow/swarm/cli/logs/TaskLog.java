package io.claudeflow.swarm.cli.logs;

import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.cli.task.TaskEnd;
import io.claudeflow.swarm.cli.task.TaskPaths;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a task printed, gathered from the logs of the agents that did it. While it runs, lines come as they are written; at its
 * end each agent's log is read once more, so that nothing that was still under way is missed.
 */
public final class TaskLog {
    private static final long LOOK_MILLIS = 200;

    private final KubeApi api;
    private final Terminal terminal;
    private final PodLogs logs;
    private final String namespace;
    private final String task;
    private final boolean withAgent;
    private final TaskLines lines;

    /** {@code withAgent}: each line behind its agent and attempt. */
    public TaskLog(KubeApi api, Terminal terminal, String namespace, String task, boolean withAgent) {
        this.api = api;
        this.terminal = terminal;
        this.logs = new PodLogs(api, terminal);
        this.namespace = namespace;
        this.task = task;
        this.withAgent = withAgent;
        this.lines = new TaskLines(task);
    }

    /** Prints what there is, attempt by attempt. */
    public void print() {
        var object = task();
        record Found(String agent, TaskLines.Line line) {}
        var found = new ArrayList<Found>();
        for (var agent : agents(object)) {
            read(agent, LogRequest.WHOLE.after(begin(object)), line -> found.add(new Found(agent, line)));
        }
        found.stream()
                .sorted(java.util.Comparator.comparingInt(one -> one.line().attempt()))
                .forEach(one -> print(one.agent(), one.line()));
        if (found.isEmpty()) {
            terminal.say("swarmtask/" + task + " is " + phase(object) + " and has printed nothing");
        }
    }

    /** Prints until the task has ended and everything it printed is shown. */
    public void follow() throws InterruptedException {
        Map<String, AtomicInteger> shown = new HashMap<>();
        while (!terminal.closed()) {
            var object = task();
            boolean ended = TaskEnd.of(object).isPresent();
            for (var agent : ended ? agents(object) : new TreeSet<>(object.texts("status.assignedAgents"))) {
                if (!shown.containsKey(agent)) {
                    var count = new AtomicInteger();
                    shown.put(agent, count);
                    if (!ended) {
                        Thread.ofVirtual().start(() -> stream(agent, begin(object), count));
                    }
                }
            }
            if (ended) {
                shown.forEach((agent, count) -> rest(agent, begin(object), count));
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void stream(String agent, @Nullable Instant begin, AtomicInteger count) {
        logs.lines(namespace, agent, LogRequest.WHOLE.after(begin).follow(true), logLine -> {
            var line = lines.of(logLine);
            synchronized (count) {
                if (count.get() < 0) {
                    return false;
                }
                line.ifPresent(one -> {
                    print(agent, one);
                    count.incrementAndGet();
                });
            }
            return !terminal.closed();
        });
    }

    private void rest(String agent, @Nullable Instant begin, AtomicInteger count) {
        int already;
        synchronized (count) {
            already = count.getAndSet(-1);
        }
        var all = new ArrayList<TaskLines.Line>();
        read(agent, LogRequest.WHOLE.after(begin), all::add);
        all.stream().skip(already).forEach(line -> print(agent, line));
    }

    private void read(String agent, LogRequest request, java.util.function.Consumer<TaskLines.Line> sink) {
        try {
            logs.lines(namespace, agent, request, logLine -> {
                lines.of(logLine).ifPresent(sink);
                return true;
            });
        } catch (SwarmException e) {
            if (!e.code().equals(ErrorCode.NOT_FOUND)) {
                throw e;
            }
            terminal.say("swarm: the agent " + agent + " is gone, and its log with it");
        }
    }

    private KubeObject task() {
        return new KubeObject(api.get(TaskPaths.one(namespace, task)));
    }

    private static String phase(KubeObject object) {
        var phase = object.text("status.phase");
        return phase.isEmpty() ? "Pending" : phase;
    }

    private static @Nullable Instant begin(KubeObject object) {
        return object.instant("metadata.creationTimestamp").orElse(null);
    }

    /** Those that do it or did it last; after a retry all agents of the swarm, because the earlier ones are not named. */
    private Set<String> agents(KubeObject object) {
        var agents = new TreeSet<>(object.texts("status.assignedAgents"));
        if (object.number("status.attempts", 0) > 1) {
            var pods = api.get("api/v1/namespaces/" + namespace + "/pods" + KubeApi.query(Map.of("labelSelector",
                    "component=agent")));
            pods.path("items").forEach(pod -> agents.add(new KubeObject(pod).name()));
        }
        return agents;
    }

    private void print(String agent, TaskLines.Line line) {
        terminal.line(withAgent ? "[" + agent + "#" + line.attempt() + "] " + line.text() : line.text());
    }
}
