package io.claudeflow.swarm.operator;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmMemory;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.kit.bus.Bus;
import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.TrustUpdate;
import io.claudeflow.swarm.operator.adapter.bus.BusHivemind;
import io.claudeflow.swarm.operator.adapter.kube.Announcer;
import io.claudeflow.swarm.operator.adapter.kube.ApiServer;
import io.claudeflow.swarm.operator.adapter.kube.Controllers;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.adapter.kube.Signals;
import io.claudeflow.swarm.operator.adapter.kube.TokenKeys;
import io.claudeflow.swarm.operator.agent.SwarmAgentReconciler;
import io.claudeflow.swarm.operator.agent.SwarmAgentReconciler.SwarmAgentParts;
import io.claudeflow.swarm.operator.cluster.Group;
import io.claudeflow.swarm.operator.identity.Labels;
import io.claudeflow.swarm.operator.job.TaskJobs;
import io.claudeflow.swarm.operator.job.TaskJobs.TaskJobsParts;
import io.claudeflow.swarm.operator.memory.SwarmMemoryReconciler;
import io.claudeflow.swarm.operator.mesh.Acknowledgements;
import io.claudeflow.swarm.operator.mesh.Convergence;
import io.claudeflow.swarm.operator.mesh.Declarations;
import io.claudeflow.swarm.operator.mesh.DrainState;
import io.claudeflow.swarm.operator.mesh.Inward;
import io.claudeflow.swarm.operator.mesh.LedgerGate;
import io.claudeflow.swarm.operator.mesh.MeshReportReconciler;
import io.claudeflow.swarm.operator.mesh.MeshReportReconciler.MeshReportParts;
import io.claudeflow.swarm.operator.mesh.PodEnds;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import io.claudeflow.swarm.operator.mesh.SwarmPicture;
import io.claudeflow.swarm.operator.mesh.TaskStates;
import io.claudeflow.swarm.operator.mesh.TaskTail;
import io.claudeflow.swarm.operator.mesh.WritePacing;
import io.claudeflow.swarm.operator.task.SwarmTaskReconciler;
import io.claudeflow.swarm.operator.task.SwarmTaskReconciler.SwarmTaskParts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The mesh operator of one swarm: its controllers, its side of the bus, and what connects the two. */
final class MeshOperator {
    private static final Duration PROGRESS = Duration.ofSeconds(1);
    /** A task that ends within this time costs one write. */
    private static final Duration SETTLING = Duration.ofMillis(300);
    private static final Duration COUNTERS = Duration.ofSeconds(5);
    private static final int REPLICAS_ASKED = 9;

    private final SwarmId swarm;
    private final ApiServer api;
    private final ThreadFactory threads;
    private final PrimaryView<SwarmCluster> clusters = new PrimaryView<>(SwarmCluster.class, _ -> "");
    private final PrimaryView<SwarmTask> tasks = new PrimaryView<>(SwarmTask.class,
            task -> task.getStatus() == null ? "" : task.getStatus().phase() + "/" + task.getStatus().clusterUid());
    private final PrimaryView<SwarmAgent> agents = new PrimaryView<>(SwarmAgent.class,
            agent -> agent.getStatus() == null ? "" : String.valueOf(agent.getStatus().clusterUid()));
    private final Signals<SwarmCluster> clusterSignals = new Signals<>("mesh");
    private final Signals<SwarmAgent> agentSignals = new Signals<>("mesh");
    private final Signals<SwarmTask> taskSignals = new Signals<>("mesh");
    private final Signals<SwarmMemory> memorySignals = new Signals<>("mesh");
    private final TaskStates states;
    private final BusHivemind hivemind;
    private final TaskTail tail;
    private final Convergence convergence;
    private final Acknowledgements acknowledgements;
    private final Announcer announcer;
    private final Controllers controllers;
    private final SwarmAgentReconciler agentReconciler;
    private final TaskJobs jobs;
    private final SwarmTaskReconciler taskReconciler;

    MeshOperator(OperatorSettings settings, SwarmId swarm, ApiServer api, Vertx vertx, ThreadFactory threads,
            Consumer<Throwable> lost) {
        this.swarm = swarm;
        this.api = api;
        this.threads = threads;
        var clock = Clock.systemUTC();
        var gate = new LedgerGate();
        var picture = new SwarmPicture(swarm, System::nanoTime, this::heardOnBus);
        this.states = new TaskStates(this::heard);
        var drain = new DrainState(this::heard);
        this.hivemind = new BusHivemind(vertx, new Bus(vertx), swarm, picture, this::replicas);
        this.tail = new TaskTail(hivemind, states);
        this.acknowledgements = new Acknowledgements(hivemind, states, threads);
        this.announcer = new Announcer(api.client(), Labels.MESH_OPERATOR, settings.podName(), threads);
        var declarations = new Declarations(hivemind);
        var counters = new WritePacing(Duration.ZERO, COUNTERS, System::nanoTime);
        var ends = new PodEnds(declarations, gate, threads);
        this.agentReconciler = new SwarmAgentReconciler(new SwarmAgentParts(swarm, settings.images(), clusters, agents,
                agentSignals, picture, states, declarations, gate, ends, drain, counters, announcer, clock));
        this.jobs = new TaskJobs(
                new TaskJobsParts(swarm, settings.images(), hivemind, declarations, gate, ends, announcer));
        this.taskReconciler = new SwarmTaskReconciler(new SwarmTaskParts(swarm, settings.images(), jobs, clusters,
                agents, tasks, taskSignals,
                hivemind, states, acknowledgements, gate, drain, new WritePacing(SETTLING, PROGRESS, System::nanoTime),
                announcer, settings.tracer(), clock));
        this.convergence = new Convergence(hivemind, picture, declarations, this::trust, new Caches(), gate,
                this::heard);
        this.controllers = new Controllers(api.client(), Labels.MESH_OPERATOR, swarm.namespace(), threads, lost)
                .add(new MeshReportReconciler(new MeshReportParts(swarm, clusters, agents, tasks, clusterSignals,
                        hivemind, picture, gate, drain, counters, announcer, clock)))
                .add(agentReconciler)
                .add(taskReconciler)
                .add(new SwarmMemoryReconciler(swarm, clusters, memorySignals, drain, clock));
    }

    /** Listens to the bus. */
    Future<Void> listen() {
        return hivemind.start();
    }

    Future<Void> silence() {
        return hivemind.stop();
    }

    /** Blocks until every cache is complete; then the ledger is told as soon as it has a leader. */
    void start() {
        controllers.start();
        convergence.start(threads);
        tail.start(threads);
    }

    /** Blocks until the reconciliations under way are done. */
    void stop() {
        tail.close();
        convergence.close();
        controllers.stop();
        acknowledgements.close();
        announcer.close();
    }

    boolean healthy() {
        return controllers.healthy();
    }

    private int replicas() {
        return clusters.complete()
                ? clusters.get(swarm.namespace(), swarm.cluster()).map(Group::replicas).orElse(REPLICAS_ASKED)
                : REPLICAS_ASKED;
    }

    private TrustUpdate trust() {
        var keys = TokenKeys.read(api.client());
        return new TrustUpdate(keys.issuer(), swarm.clusterUid(), swarm.namespace(), swarm.names().agentAccount(),
                swarm.names().userAccount(), swarm.names().jobAccount(), keys.jwks());
    }

    /** The bus calls on an event loop, which a reconciliation's lock must not hold up. */
    private void heardOnBus(Inward what, String name) {
        threads.newThread(() -> heard(what, name)).start();
    }

    /** {@link Inward}, carried out. */
    private void heard(Inward what, String name) {
        switch (what) {
            case LEADER_CHANGED -> {
                tail.leaderChanged();
                convergence.leaderChanged();
            }
            case LEDGER_RESYNCED -> taskReconciler.resubmit();
            case ORPHAN_ENDED -> states.get(name).ifPresent(state -> acknowledgements.add(name, state.seq()));
            default -> {
                // Reconciled, and nothing else.
            }
        }
        for (var target : what.reconciled()) {
            switch (target) {
                case CLUSTER -> clusterSignals.one(swarm.namespace(), swarm.cluster());
                case AGENTS -> agentSignals.all();
                case TASKS -> taskSignals.all();
                case ONE_TASK -> taskSignals.one(swarm.namespace(), name);
                case ONE_AGENT -> agentSignals.one(swarm.namespace(), name);
                case MEMORIES -> memorySignals.all();
            }
        }
    }

    private final class Caches implements Convergence.Inventory {
        @Override
        public Collection<AgentDeclaration> agents() {
            var all = new ArrayList<>(agentReconciler.declarations());
            all.addAll(jobs.declarations());
            return all;
        }

        @Override
        public Set<String> taskUids() {
            return tasks.list(swarm.namespace())
                    .stream()
                    .map(task -> task.getMetadata().getUid())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
