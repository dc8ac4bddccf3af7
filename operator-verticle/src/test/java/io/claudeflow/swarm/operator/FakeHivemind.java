package io.claudeflow.swarm.operator;

import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindChannels;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.JobAttempt;
import io.claudeflow.swarm.mesh.hivemind.Saved;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskPhase;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.mesh.hivemind.TaskTransition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The hive-mind's side of the bus contract in memory: every replica answers at its own address, only the leader acts; commands
 * are idempotent by their keys; the tail is of states. It runs no task by itself: tests say what its agents do.
 */
final class FakeHivemind {
    private static final long EPOCH = 1;

    private final Vertx vertx;
    private final Bus bus;
    private final String clusterUid;
    private final int replicas;
    private final List<Bus.Registration> doors = new ArrayList<>();
    private final Map<String, AgentDeclaration> agents = new TreeMap<>();
    private final Set<String> connected = new HashSet<>();
    private final Map<String, TaskState> tasks = new LinkedHashMap<>();
    private final Map<String, TaskSpec> specs = new LinkedHashMap<>();
    private final Map<String, Long> gone = new LinkedHashMap<>();
    private final List<Promise<Void>> waiting = new ArrayList<>();
    /** Every command that was acted upon, in order. */
    final List<HivemindCommand> received = new CopyOnWriteArrayList<>();
    private int leader = -1;
    private long term;
    private long presence;
    private long seq;
    private SwarmState.Drain drain = SwarmState.Drain.NONE;
    private long timer;

    FakeHivemind(Vertx vertx, String clusterUid, int replicas) {
        this.vertx = vertx;
        this.bus = new Bus(vertx);
        this.clusterUid = clusterUid;
        this.replicas = replicas;
    }

    /** Opens the replicas' doors; nobody leads yet. */
    void open() throws Exception {
        for (int i = 0; i < replicas; i++) {
            int ordinal = i;
            doors.add(bus.serve(HivemindChannels.replica(i), (request, _) -> answer(ordinal, request))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS));
        }
        timer = vertx.setPeriodic(1_000, _ -> publish());
    }

    void close() {
        vertx.cancelTimer(timer);
        doors.forEach(door -> door.end().onFailure(Throwable::printStackTrace));
    }

    synchronized void elect(int ordinal) {
        leader = ordinal;
        term++;
        presence = 0;
        publish();
    }

    /** Agents connect, as far as they are declared with a live pod. */
    synchronized void connectAll() {
        connected.addAll(agents.keySet());
        presence++;
        publish();
    }

    synchronized void disconnect(String agentUid) {
        connected.remove(agentUid);
        presence++;
        publish();
    }

    synchronized Map<String, AgentDeclaration> agents() {
        return Map.copyOf(agents);
    }

    synchronized @Nullable TaskSpec spec(String taskUid) {
        return specs.get(taskUid);
    }

    synchronized Set<String> tasks() {
        return Set.copyOf(tasks.keySet());
    }

    /** An agent begins. */
    void run(String taskUid, String agent) {
        change(taskUid, before -> next(before, TaskPhase.RUNNING, List.of(agent), before.attempts() + 1, null, null,
                null, "Assigned", agent + " does it."));
    }

    /** An agent says how far it is. */
    void progress(String taskUid, int percent) {
        change(taskUid, before -> new TaskState(before.taskUid(), before.origin(), before.namespace(), before.name(),
                before.generation(), seq, before.phase(), before.attempts(), before.agents(), percent, "at " + percent,
                before.submittedAt(), before.startedAt(), before.finishedAt(), before.exitCode(), before.result(),
                false, before.reason(), before.message(), before.saved(), before.jobs(), before.subtasks(),
                before.transitions()));
    }

    /** The last attempt has ended. */
    void finish(String taskUid, int exitCode, String result) {
        boolean good = exitCode == 0;
        change(taskUid, before -> next(before, good ? TaskPhase.COMPLETED : TaskPhase.FAILED, before.agents(),
                before.attempts(), exitCode, result, good ? null : "ExitCode", good ? "Completed" : "Failed",
                "exit code " + exitCode));
    }

    synchronized void drained() {
        drain = SwarmState.Drain.DRAINED;
        publish();
    }

    private synchronized void change(String taskUid, UnaryOperator<TaskState> step) {
        seq++;
        tasks.computeIfPresent(taskUid, (_, before) -> step.apply(before));
        wake();
    }

    private TaskState next(TaskState before, TaskPhase phase, List<String> doing, int attempts,
            @Nullable Integer exitCode, @Nullable String result, @Nullable String reason, String kind,
            String sentence) {
        var now = Instant.now();
        var transitions = new ArrayList<>(before.transitions());
        transitions.add(new TaskTransition(seq, now, kind, doing.isEmpty() ? null : doing.getFirst(), attempts,
                sentence));
        return new TaskState(before.taskUid(), before.origin(), before.namespace(), before.name(), before.generation(),
                seq, phase, attempts, doing, before.progressPercent(), before.progressMessage(), before.submittedAt(),
                before.startedAt() == null && phase != TaskPhase.CANCELLED ? now : before.startedAt(),
                phase.terminal() ? now : null, exitCode, result, false, reason, phase.terminal() ? sentence : null,
                before.saved(), before.jobs(), before.subtasks(), transitions);
    }

    private void wake() {
        waiting.forEach(Promise::tryComplete);
        waiting.clear();
    }

    private synchronized SwarmState state() {
        var byType = new TreeMap<String, Integer>();
        agents.values()
                .stream()
                .filter(agent -> connected.contains(agent.agentUid()))
                .forEach(agent -> byType.merge(agent.type(), 1, Integer::sum));
        var voters = new ArrayList<Integer>();
        for (int i = 0; i < replicas; i++) {
            voters.add(i);
        }
        return new SwarmState(clusterUid, EPOCH, term, leader, voters, queen(), presence, byType, 0, 0, drain, seq);
    }

    private @Nullable String queen() {
        return agents.values().stream().map(AgentDeclaration::name).sorted().findFirst().orElse(null);
    }

    private void publish() {
        if (leader >= 0) {
            bus.publish(HivemindChannels.STATE, state());
        }
    }

    private synchronized Future<HivemindReply> answer(int ordinal, HivemindCommand.Request request) {
        if (!request.clusterUid().equals(clusterUid)) {
            return Future.failedFuture(new SwarmException(ErrorCode.INVALID, "another swarm"));
        }
        if (ordinal != leader) {
            return Future.succeededFuture(new HivemindReply.NotLeader(leader));
        }
        if (!(request.command() instanceof HivemindCommand.ReadPresence
                || request.command() instanceof HivemindCommand.TailTasks)) {
            received.add(request.command());
        }
        return switch (request.command()) {
            case HivemindCommand.ReadPresence _ ->
                Future.succeededFuture(new HivemindReply.Presence(state(), connected));
            case HivemindCommand.TailTasks tail -> tail(tail);
            case HivemindCommand command -> Future.succeededFuture(act(command));
        };
    }

    /** The commands of one kind that came. */
    <T extends HivemindCommand> List<T> received(Class<T> kind) {
        return received.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    boolean cancelled(String taskUid) {
        return received(HivemindCommand.CancelTask.class).stream().anyMatch(one -> one.taskUid().equals(taskUid));
    }

    private HivemindReply act(HivemindCommand command) {
        switch (command) {
            case HivemindCommand.DeclareAgents declare -> {
                if (declare.asOf() != null) {
                    agents.clear();
                }
                declare.agents().forEach(agent -> agents.put(agent.agentUid(), agent));
                connected.retainAll(agents.keySet());
            }
            case HivemindCommand.RemoveAgents remove -> {
                agents.values().removeIf(agent -> remove.podUids().contains(agent.podUid()));
                if (connected.retainAll(agents.keySet())) {
                    presence++;
                    publish();
                }
            }
            case HivemindCommand.SubmitTask submit -> {
                return submit(submit);
            }
            case HivemindCommand.CancelTask cancel -> change(cancel.taskUid(), before -> before.phase().terminal()
                    ? before
                    : next(before, TaskPhase.CANCELLED, before.agents(), before.attempts(), null, null, null,
                            "Cancelled", cancel.reason()));
            case HivemindCommand.SweepTasks sweep -> List.copyOf(tasks.keySet())
                    .stream()
                    .filter(uid -> !sweep.taskUids().contains(uid))
                    .forEach(this::forget);
            case HivemindCommand.AckTasks acks -> acks.acks().forEach(ack -> {
                var state = tasks.get(ack.taskUid());
                if (state != null && state.phase().terminal() && state.seq() <= ack.seq()) {
                    forget(ack.taskUid());
                }
            });
            case HivemindCommand.DrainSwarm _ -> {
                drain = SwarmState.Drain.DRAINING;
                publish();
            }
            case HivemindCommand.UpdateTask update ->
                change(update.taskUid(), before -> before.phase().terminal()
                        ? before
                        : next(before, update.suspend() ? TaskPhase.SUSPENDED : TaskPhase.PENDING, before.agents(),
                                before.attempts(), null, null, null, "Updated", ""));
            case HivemindCommand.TrustUpdate _,HivemindCommand.ReadPresence _,HivemindCommand.TailTasks _,HivemindCommand.JobReport _,HivemindCommand.SetMembership _,HivemindCommand.SetTopology _ -> {
                // Nothing to keep.
            }
        }
        return new HivemindReply.Committed(++seq);
    }

    private HivemindReply submit(HivemindCommand.SubmitTask submit) {
        var known = tasks.get(submit.taskUid());
        if (known != null) {
            return new HivemindReply.Submitted(known.phase().terminal()
                    ? HivemindReply.Submitted.Outcome.FINISHED
                    : HivemindReply.Submitted.Outcome.DUPLICATE, known.seq());
        }
        seq++;
        specs.put(submit.taskUid(), submit.spec());
        tasks.put(submit.taskUid(), new TaskState(submit.taskUid(), TaskOrigin.KUBERNETES, submit.namespace(),
                submit.name(), submit.generation(), seq, TaskPhase.PENDING, jobs(submit, 1).size(), List.of(), null,
                null, Instant.now(),
                null, null, null, null, false, null, null, Saved.NOTHING, jobs(submit, 1), List.of(), List.of()));
        wake();
        return new HivemindReply.Submitted(HivemindReply.Submitted.Outcome.ACCEPTED, seq);
    }

    private static List<JobAttempt> jobs(HivemindCommand.SubmitTask submit, int attempt) {
        return submit.spec().place().job()
                ? List.of(new JobAttempt(new StepKey(submit.taskUid(), "", attempt), false))
                : List.of();
    }

    private void forget(String taskUid) {
        tasks.remove(taskUid);
        gone.put(taskUid, ++seq);
        wake();
    }

    private Future<HivemindReply> tail(HivemindCommand.TailTasks tail) {
        var page = page(tail);
        if (!page.tasks().isEmpty() || !page.gone().isEmpty()) {
            return Future.succeededFuture(page);
        }
        Promise<Void> changed = Promise.promise();
        waiting.add(changed);
        return changed.future()
                .timeout(tail.longest().plus(Duration.ofMillis(1)).toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .map(_ -> page(tail));
    }

    private synchronized HivemindReply.TaskPage page(HivemindCommand.TailTasks tail) {
        return new HivemindReply.TaskPage(
                tasks.values().stream().filter(task -> task.seq() >= tail.fromSeq()).limit(tail.max()).toList(),
                gone.entrySet()
                        .stream()
                        .filter(entry -> entry.getValue() >= tail.fromSeq())
                        .map(Map.Entry::getKey)
                        .toList(),
                seq + 1);
    }
}
