package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The next step of a rollout. RollingUpdate: the new ReplicaSet grows within maxSurge, the old ones shrink as far as maxUnavailable
 * lets them, those of their pods that are not ready first. Recreate: the old ones go to nothing before the new one starts. Pure.
 */
final class Rollout {
    private Rollout() {}

    /** That ReplicaSet gets that many replicas. */
    record Step(ReplicaSet set, int replicas) {}

    /** @param oldPodsGone asked under Recreate only */
    static List<Step> plan(Deployment deployment, ReplicaSet current, List<ReplicaSet> old,
            BooleanSupplier oldPodsGone) {
        int wanted = deployment.getSpec().getReplicas() == null ? 1 : deployment.getSpec().getReplicas();
        int now = replicas(current);
        var steps = new ArrayList<Step>();
        if (Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
            scalePaused(wanted, current, old, steps);
            return steps;
        }
        var strategy = deployment.getSpec().getStrategy();
        if (strategy != null && "Recreate".equals(strategy.getType())) {
            old.stream().filter(set -> replicas(set) > 0).forEach(set -> steps.add(new Step(set, 0)));
            if (now != wanted && steps.isEmpty() && oldPodsGone.getAsBoolean()) {
                steps.add(new Step(current, wanted));
            }
            return steps;
        }
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        int surge = amount(rolling == null ? null : rolling.getMaxSurge(), wanted, true);
        int unavailable = maxUnavailable(deployment);
        int oldTotal = old.stream().mapToInt(Rollout::replicas).sum();
        int next = now > wanted ? wanted : Math.min(wanted, Math.max(now, wanted + surge - oldTotal));
        if (next != now) {
            steps.add(new Step(current, next));
        }
        shrink(wanted - unavailable, current, next, old, steps);
        return steps;
    }

    /** How many of the wanted pods may be unavailable; none under Recreate, as its availability is not promised in between. */
    static int maxUnavailable(Deployment deployment) {
        int wanted = deployment.getSpec().getReplicas() == null ? 1 : deployment.getSpec().getReplicas();
        var strategy = deployment.getSpec().getStrategy();
        if (strategy != null && "Recreate".equals(strategy.getType())) {
            return 0;
        }
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        int unavailable = amount(rolling == null ? null : rolling.getMaxUnavailable(), wanted, false);
        // With no surge either, a rollout could not take a step.
        boolean stuck = unavailable == 0 && amount(rolling == null ? null : rolling.getMaxSurge(), wanted, true) == 0;
        return stuck ? 1 : unavailable;
    }

    private static void shrink(int minimum, ReplicaSet current, int next, List<ReplicaSet> old, List<Step> steps) {
        int total = next + old.stream().mapToInt(Rollout::replicas).sum();
        int newUnavailable = next - Math.min(next, available(current));
        int allowed = total - minimum - newUnavailable;
        for (var set : old.stream().sorted(Comparator.comparingLong(DeploymentController::revision)).toList()) {
            int replicas = replicas(set);
            // Pods that are not available count for nothing, so they may go at once.
            int broken = Math.clamp(replicas - available(set), 0, Math.max(0, allowed));
            int left = replicas - broken;
            allowed -= broken;
            int more = Math.clamp(allowed, 0, left);
            left -= more;
            allowed -= more;
            if (left != replicas) {
                steps.add(new Step(set, left));
            }
        }
    }

    /** A paused Deployment only scales what it has. */
    private static void scalePaused(int wanted, ReplicaSet current, List<ReplicaSet> old, List<Step> steps) {
        int oldTotal = old.stream().mapToInt(Rollout::replicas).sum();
        if (oldTotal == 0 && replicas(current) != wanted) {
            steps.add(new Step(current, wanted));
        }
    }

    private static int amount(@Nullable IntOrString value, int replicas, boolean up) {
        if (value == null) {
            double quarter = replicas * 0.25;
            return (int) (up ? Math.ceil(quarter) : Math.floor(quarter));
        }
        if (value.getIntVal() != null) {
            return value.getIntVal();
        }
        double share = replicas * Double.parseDouble(value.getStrVal().replace("%", "")) / 100;
        return (int) (up ? Math.ceil(share) : Math.floor(share));
    }

    private static int replicas(ReplicaSet set) {
        return ReplicaSetController.number(set.getSpec().getReplicas());
    }

    private static int available(ReplicaSet set) {
        return set.getStatus() == null ? 0 : ReplicaSetController.number(set.getStatus().getAvailableReplicas());
    }
}
