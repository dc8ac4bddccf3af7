package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmAgent;
import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.operator.adapter.kube.Answer;
import io.claudeflow.swarm.operator.adapter.kube.Apply;
import io.claudeflow.swarm.operator.adapter.kube.PrimaryView;
import io.claudeflow.swarm.operator.adapter.kube.Settled;
import io.claudeflow.swarm.operator.identity.ClusterNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a SwarmCluster's objects to what they are to be, at once and not one after the other; pods come after what they
 * mount. For one reconciliation.
 */
final class Bringing {
    private final SwarmCluster cluster;
    private final ClusterCaches cache;
    private final PrimaryView<SwarmAgent> agents;
    private final Settled settled;
    private final Context<SwarmCluster> context;
    private final ConcurrentLinkedQueue<Hindrance> hindrances = new ConcurrentLinkedQueue<>();
    private final AtomicInteger agentsMade = new AtomicInteger();

    Bringing(SwarmCluster cluster, ClusterCaches cache, PrimaryView<SwarmAgent> agents, Settled settled,
            Context<SwarmCluster> context) {
        this.cluster = cluster;
        this.cache = cache;
        this.agents = agents;
        this.settled = settled;
        this.context = context;
    }

    /** Brings all; false when the namespace is ending. */
    boolean bring(ClusterObjects objects) {
        var names = new ClusterNames(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var first = new ArrayList<Callable<Boolean>>();
        first.add(() -> note(PeerSecret.bring(cluster, names, context.getClient()), "Secret", names.peerSecret()));
        objects.mesh().stream().filter(object -> !later(object)).forEach(object -> first.add(() -> one(object)));
        if (!all(first)) {
            return false;
        }
        return all(Stream.concat(
                objects.mesh().stream().filter(Bringing::later).<Callable<Boolean>>map(object -> () -> one(object)),
                objects.agents().stream().<Callable<Boolean>>map(agent -> () -> agent(agent))).toList());
    }

    /** Why objects do not exist that are to. */
    List<Hindrance> hindrances() {
        return List.copyOf(hindrances);
    }

    /** Agents that were not there before. */
    int agentsMade() {
        return agentsMade.get();
    }

    /** What makes pods, and what refers to a Role. */
    private static boolean later(HasMetadata object) {
        return object instanceof Deployment || object instanceof StatefulSet || object instanceof RoleBinding;
    }

    private boolean all(List<Callable<Boolean>> steps) {
        try {
            boolean open = true;
            for (var step : context.getWorkflowExecutorService().invokeAll(steps)) {
                open &= step.get();
            }
            return open;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private boolean one(HasMetadata object) {
        var meta = object.getMetadata();
        HasMetadata cached = cache.get(object.getClass(), meta.getNamespace(), meta.getName());
        var answer = Apply.bring(object, cached, cluster, settled, context);
        if (answer instanceof Answer.Written<HasMetadata> written) {
            cache.written(written.object(), cached);
        }
        return note(answer, object.getKind(), meta.getName());
    }

    private boolean agent(HasMetadata agent) {
        var meta = agent.getMetadata();
        @Nullable
        HasMetadata cached = agents.get(meta.getNamespace(), meta.getName()).orElse(null);
        var answer = Apply.bring(agent, cached, cluster, settled, context);
        if (cached == null && answer instanceof Answer.Written) {
            agentsMade.incrementAndGet();
        }
        return note(answer, agent.getKind(), meta.getName());
    }

    /** Notes what stands in the way; false when the namespace is ending. */
    private boolean note(Answer<?> answer, String kind, String name) {
        return switch (answer) {
            case Answer.Unchanged<?> _,Answer.Written<?> _ -> true;
            case Answer.NameTaken<?> _ -> hindrances.add(new Hindrance.NameTaken(kind, name));
            case Answer.Former<?> _ -> hindrances.add(new Hindrance.Former(kind, name));
            case Answer.Refused<?> refused -> hindrances.add(new Hindrance.Refused(kind, name, refused.words()));
            case Answer.Ending<?> _ -> false;
        };
    }
}
