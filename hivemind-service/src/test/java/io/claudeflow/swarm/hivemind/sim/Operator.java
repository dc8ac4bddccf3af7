package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Arrangement;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.CancelTask;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.DeclareAgents;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.RemoveAgents;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SetTopology;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SubmitTask;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SweepTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.TailTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.TrustUpdate;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.UpdateTask;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.StepPlace;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.TaskState;
import io.claudeflow.swarm.mesh.hivemind.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mesh operator, with the part of Kubernetes that it works on: declares agents, submits tasks, tails the ledger, writes final
 * states down and acknowledges them. A restart leaves only what Kubernetes holds.
 */
final class Operator {
    private static final int DEADLINE = 1_000;
    /** How long the pods of an ended task may take to end by themselves. */
    private static final int PATIENCE = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int MAX_CONCURRENT = 3;

    final Host host;
    private final Swarm swarm;
    /** Kubernetes: lives for ever. */
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final JobPods pods;
    /** What the SwarmCluster's spec says. */
    private Arrangement arrangement = new Arrangement(Topology.MESH, List.of(), 1);
    private Process process;

    /** A SwarmTask. */
    private static final class Resource {
        final SubmitTask command;
        /** Every change of its spec so far. */
        final List<UpdateTask> updates = new ArrayList<>();
        boolean cancel;
        boolean deleted;
        @Nullable
        TaskState end;

        Resource(SubmitTask command) {
            this.command = command;
        }

        boolean open() {
            return end == null && !cancel && !deleted;
        }

        boolean suspended() {
            return !updates.isEmpty() && updates.getLast().suspend();
        }

        /** What its spec says after another change. */
        UpdateTask next(boolean suspend, int priority) {
            var update = new UpdateTask(command.taskUid(), updates.size() + 2L, suspend, priority);
            updates.add(update);
            return update;
        }
    }

    Operator(Swarm swarm, Host host) {
        this.swarm = swarm;
        this.host = host;
        pods = new JobPods(swarm, swarm.nodes, this::seen);
        process = new Process();
    }

    JobPods pods() {
        return pods;
    }

    /** Whether the task is there and has not ended, as far as Kubernetes knows. */
    boolean wants(String uid) {
        var resource = resources.get(uid);
        return resource != null && resource.end == null && !resource.deleted;
    }

    /** Whether the image of a task's Jobs knows nothing of us. */
    boolean foreign(String uid) {
        var resource = resources.get(uid);
        return resource != null && resource.command.spec().place() == StepPlace.FOREIGN_JOB;
    }

    /** The watch: something has happened to a Job of that task. */
    private void seen(String uid) {
        int life = host.life();
        swarm.time.after(swarm.time.below(100), () -> host.deliver(life, () -> {
            if (process.open) {
                process.jobs.look(uid);
            }
        }));
    }

    Caller caller() {
        return process.caller;
    }

    /** A process begins with a LIST. */
    void start() {
        host.start();
        process = new Process();
        process.converge();
    }

    void restart(long away) {
        host.crash();
        swarm.time.after(away, this::start);
    }

    /** A SwarmTask was applied. */
    void apply(String uid, TaskSpec spec) {
        swarm.witness.requested(uid, spec);
        var resource = new Resource(
                new SubmitTask(uid, TaskOrigin.KUBERNETES, "ns", "request-" + uid, "", 1, spec, ""));
        resources.put(uid, resource);
        if (host.up() && process.open) {
            process.submit(resource);
        }
    }

    /** Cancels or deletes one that has not ended, as far as Kubernetes knows; false: there is none. */
    boolean cancelAny(boolean delete) {
        var open = resources.values().stream().filter(Resource::open).toList();
        if (open.isEmpty()) {
            return false;
        }
        var resource = swarm.time.any(open);
        resource.cancel |= !delete;
        resource.deleted |= delete;
        if (delete) {
            swarm.witness.deleted(resource.command.taskUid());
            pods.of(resource.command.taskUid()).forEach(pods::delete);
        } else {
            swarm.witness.cancelled(resource.command.taskUid());
        }
        if (host.up() && process.submitted.contains(resource.command.taskUid())) {
            process.cancel(resource);
        }
        return true;
    }

    /** Suspends a task, lets one go on, or gives one another priority; false: there is none. */
    boolean updateAny() {
        var time = swarm.time;
        var open = resources.values().stream().filter(Resource::open).toList();
        var stopped = open.stream().filter(Resource::suspended).toList();
        var some = stopped.isEmpty() || time.oneIn(2) ? open : stopped;
        if (some.isEmpty()) {
            return false;
        }
        var resource = time.any(some);
        update(resource, time.oneIn(4) ? resource.suspended() : !resource.suspended(), time.below(101));
        return true;
    }

    Arrangement arrangement() {
        return arrangement;
    }

    /** Another topology from now on. */
    boolean arrange() {
        arrangement = new Arrangement(swarm.time.any(List.of(Topology.values())), List.of(),
                arrangement.generation() + 1);
        if (host.up() && process.open) {
            process.caller.ask(order(), DEADLINE, _ -> {});
        }
        return true;
    }

    private SetTopology order() {
        return new SetTopology(arrangement.topology(), arrangement.ringOrder(), arrangement.generation());
    }

    /** Lets everything go on. */
    void unsuspend() {
        resources.values()
                .stream()
                .filter(Resource::open)
                .filter(Resource::suspended)
                .forEach(one -> update(one, false, 50));
    }

    private void update(Resource resource, boolean suspend, int priority) {
        swarm.checker.said(resource.next(suspend, priority));
        if (host.up() && process.submitted.contains(resource.command.taskUid())) {
            process.update(resource);
        }
    }

    /** An agent's pod is gone and another one takes its place; false: the operator has no time for it now. */
    boolean replacePod(SimAgent agent) {
        if (!host.up() || host.paused() || !process.open || !process.declaring.add(agent.uid)) {
            return false;
        }
        var old = agent.podUid();
        agent.replace();
        var now = process;
        now.caller.ask(new RemoveAgents(List.of(old), "its pod is gone"), DEADLINE,
                _ -> now.caller.ask(new DeclareAgents(List.of(declaration(agent)), null), DEADLINE,
                        _ -> now.declaring.remove(agent.uid)));
        swarm.time.after(swarm.time.between(100, 2_000), agent::start);
        return true;
    }

    private static AgentDeclaration declaration(SimAgent agent) {
        return new AgentDeclaration(agent.uid, "c-coder-" + agent.uid, agent.podUid(), "coder", 50, List.of(),
                List.of(), Map.of(), MAX_CONCURRENT, true, 1, null);
    }

    /** Whether everything that was applied has its end in Kubernetes, or was deleted. */
    List<String> unended() {
        return resources.values()
                .stream()
                .filter(one -> one.end == null && !one.deleted)
                .map(one -> one.command.taskUid())
                .toList();
    }

    /** One process of the operator. */
    private final class Process {
        private final Caller caller = new Caller(swarm, host, true);
        private final JobDesk jobs = new JobDesk(swarm, host, pods,
                command -> caller.ask(command, DEADLINE, _ -> {}));
        /** Tasks that the sweep has left alone. */
        private final Set<String> listed = new HashSet<>();
        private final Set<String> submitted = new HashSet<>();
        private final Set<String> declaring = new HashSet<>();
        private final List<AckTasks.Ack> acks = new ArrayList<>();
        private boolean open;
        private boolean acking;
        private long position;

        /** What must be told before anything about a single agent or task. */
        private void converge() {
            caller.ask(new TrustUpdate("i", "a", "n", "s", "u", "j", "{}"), DEADLINE,
                    reply -> tell(all(((HivemindReply.Committed) reply).seq())));
        }

        private List<HivemindCommand> all(long asOf) {
            var agents = new ArrayList<>(swarm.agents.stream().map(Operator::declaration).toList());
            agents.addAll(pods.declarations());
            resources.values().stream().filter(one -> !one.deleted).forEach(one -> listed.add(one.command.taskUid()));
            return new ArrayList<>(List.of(new DeclareAgents(agents, asOf), new SweepTasks(listed, asOf)));
        }

        private void tell(List<HivemindCommand> commands) {
            if (commands.isEmpty()) {
                open = true;
                // Whatever was changed while the list was told.
                caller.ask(order(), DEADLINE, _ -> {});
                jobs.tidy();
                // Deleted since the LIST: nobody else says so.
                resources.values()
                        .stream()
                        .filter(one -> one.deleted && listed.contains(one.command.taskUid()))
                        .forEach(this::cancel);
                resources.values().stream().filter(one -> one.end == null && !one.deleted).forEach(this::submit);
                tail();
            } else {
                caller.ask(commands.removeFirst(), DEADLINE, _ -> tell(commands));
            }
        }

        private void submit(Resource resource) {
            caller.ask(resource.command, DEADLINE, _ -> {
                submitted.add(resource.command.taskUid());
                swarm.witness.acknowledged(resource.command.taskUid());
                if (!resource.updates.isEmpty()) {
                    update(resource);
                }
                if (resource.cancel || resource.deleted) {
                    cancel(resource);
                }
            });
        }

        /** Tells what the spec says by now, and sometimes once more what it said before. */
        private void update(Resource resource) {
            caller.ask(resource.updates.getLast(), DEADLINE, _ -> {});
            if (swarm.time.oneIn(3)) {
                var again = swarm.time.any(resource.updates);
                host.after(swarm.time.below(3_000), () -> {
                    if (again != resource.updates.getLast()) {
                        swarm.tally.count(Fault.STALE_UPDATE);
                    }
                    caller.ask(again, DEADLINE, _ -> {});
                });
            }
        }

        private void cancel(Resource resource) {
            caller.ask(new CancelTask(resource.command.taskUid(), "no"), DEADLINE, _ -> {});
        }

        private void tail() {
            var query = new TailTasks(position, swarm.time.between(1, 64), LONGEST);
            caller.ask(query, LONGEST.toMillis() + DEADLINE, reply -> {
                switch (reply) {
                    case HivemindReply.TaskPage page -> {
                        page.tasks().forEach(this::heard);
                        page.gone().forEach(swarm.witness::gone);
                        position = page.nextSeq();
                    }
                    case HivemindReply.Resync _ -> position = 0;
                    default -> throw new Violation("a tail was answered " + reply);
                }
                host.after(swarm.time.below(50), this::tail);
            });
        }

        private void heard(TaskState state) {
            swarm.witness.told(state);
            jobs.heard(state);
            if (state.origin() == TaskOrigin.KUBERNETES && state.phase().terminal()) {
                // The status is written before the acknowledgement is sent.
                host.after(swarm.time.below(200), () -> {
                    var resource = resources.get(state.taskUid());
                    if (resource != null) {
                        resource.end = state;
                        swarm.time.after(PATIENCE, () -> pods.of(state.taskUid()).forEach(pods::delete));
                    }
                    acks.add(new AckTasks.Ack(state.taskUid(), state.seq()));
                    acknowledge();
                });
            }
        }

        private void acknowledge() {
            if (!acking && !acks.isEmpty()) {
                acking = true;
                var batch = new AckTasks(acks);
                acks.clear();
                caller.ask(batch, DEADLINE, _ -> {
                    acking = false;
                    acknowledge();
                });
            }
        }
    }
}
