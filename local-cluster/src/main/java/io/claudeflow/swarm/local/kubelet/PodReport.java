package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.kubelet.ContainerState.Running;
import io.claudeflow.swarm.local.kubelet.ContainerState.Terminated;
import io.claudeflow.swarm.local.kubelet.ContainerState.Waiting;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HostIPBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of a pod from what its containers do. Pure. */
final class PodReport {
    private PodReport() {}

    /**
     * What is told of a container.
     *
     * @param last the instance before this one, or null
     */
    record ContainerView(String name, String image, ContainerState state, @Nullable Terminated last, int restarts,
            boolean started, boolean ready) {}

    /**
     * What is told of a pod.
     *
     * @param before    the status that the API has
     * @param podIp     empty as long as it has none
     * @param reason    of a failure that is the pod's own, or null
     * @param message   to that reason
     * @param ending    whether no container will be started any more
     */
    record PodView(Pod pod, PodStatus before, List<ContainerView> init, List<ContainerView> containers, String podIp,
            String hostIp, Instant startTime, @Nullable String reason, @Nullable String message, boolean ending) {}

    static PodStatus status(PodView view, Instant now) {
        var phase = phase(view);
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        boolean initialized = view.init().stream().allMatch(PodReport::succeeded);
        boolean ready = !over && !view.ending() && initialized
                && view.containers().stream().allMatch(ContainerView::ready);
        var status = new PodStatusBuilder().withPhase(phase)
                .withReason(view.reason())
                .withMessage(view.message())
                .withHostIP(view.hostIp())
                .withHostIPs(new HostIPBuilder().withIp(view.hostIp()).build())
                .withStartTime(seconds(view.startTime()))
                .withInitContainerStatuses(view.init().stream().map(PodReport::container).toList())
                .withContainerStatuses(view.containers().stream().map(PodReport::container).toList())
                .withConditions(condition(view, "PodReadyToStartContainers", !over, "", "", now),
                        condition(view, "Initialized", initialized, "ContainersNotInitialized",
                                "containers with incomplete status: " + names(view.init(), false), now),
                        condition(view, "Ready", ready, notReady(phase), notReadyMessage(view, phase), now),
                        condition(view, "ContainersReady", ready, notReady(phase), notReadyMessage(view, phase), now),
                        condition(view, "PodScheduled", true, "", "", now))
                .build();
        if (!view.podIp().isEmpty()) {
            status.setPodIP(view.podIp());
            status.setPodIPs(List.of(new PodIPBuilder().withIp(view.podIp()).build()));
        }
        status.setQosClass(view.before().getQosClass());
        return status;
    }

    private static String phase(PodView view) {
        if (view.reason() != null) {
            return "Failed";
        }
        var policy = view.pod().getSpec().getRestartPolicy();
        boolean never = "Never".equals(policy);
        if (!view.init().stream().allMatch(PodReport::succeeded)) {
            boolean failed = view.init()
                    .stream()
                    .anyMatch(init -> init.state() instanceof Terminated t && t.exit().code() != 0);
            return failed && (never || view.ending()) ? "Failed" : "Pending";
        }
        boolean allEnded = view.containers().stream().allMatch(container -> container.state() instanceof Terminated);
        boolean byNode = view.containers().stream().anyMatch(PodReport::endedByNode);
        if (byNode && !view.ending()) {
            return "Running";
        }
        if (allEnded) {
            boolean failed = view.containers().stream().anyMatch(container -> !succeeded(container));
            if (view.ending() || never || "OnFailure".equals(policy) && !failed) {
                return failed ? "Failed" : "Succeeded";
            }
            return "Running";
        }
        boolean neverRan = view.containers()
                .stream()
                .anyMatch(container -> container.state() instanceof Waiting && container.last() == null);
        return neverRan ? "Pending" : "Running";
    }

    private static boolean succeeded(ContainerView container) {
        return container.state() instanceof Terminated terminated && terminated.exit().code() == 0;
    }

    private static boolean endedByNode(ContainerView container) {
        return container.state() instanceof Terminated terminated && terminated.exit().byNode();
    }

    private static ContainerStatus container(ContainerView view) {
        var status = new ContainerStatusBuilder().withName(view.name())
                .withImage(view.image())
                .withImageID(view.image())
                .withState(state(view.state()))
                .withLastState(view.last() == null ? null : state(view.last()))
                .withRestartCount(view.restarts())
                .withStarted(view.started() && view.state() instanceof Running)
                .withReady(view.ready())
                .build();
        if (!(view.state() instanceof Waiting) || view.last() != null) {
            status.setContainerID(id(view.name(), view.restarts()));
        }
        return status;
    }

    private static String id(String container, int instance) {
        return "local://" + container + "/" + instance;
    }

    private static io.fabric8.kubernetes.api.model.ContainerState state(ContainerState state) {
        var builder = new ContainerStateBuilder();
        return switch (state) {
            case Waiting waiting -> builder.withNewWaiting(emptyAsNull(waiting.message()), waiting.reason()).build();
            case Running running -> builder.withNewRunning(seconds(running.since())).build();
            case Terminated terminated -> builder.withNewTerminated()
                    .withExitCode(terminated.exit().code())
                    .withReason(terminated.exit().reason())
                    .withMessage(emptyAsNull(terminated.exit().message()))
                    .withStartedAt(seconds(terminated.started()))
                    .withFinishedAt(seconds(terminated.exit().finished()))
                    .endTerminated()
                    .build();
        };
    }

    private static String notReady(String phase) {
        return switch (phase) {
            case "Succeeded" -> "PodCompleted";
            case "Failed" -> "PodFailed";
            default -> "ContainersNotReady";
        };
    }

    private static String notReadyMessage(PodView view, String phase) {
        return phase.equals("Succeeded") || phase.equals("Failed")
                ? ""
                : "containers with unready status: " + names(view.containers(), true);
    }

    private static String names(List<ContainerView> containers, boolean byReady) {
        return containers.stream()
                .filter(container -> byReady ? !container.ready() : !succeeded(container))
                .map(ContainerView::name)
                .collect(Collectors.joining(" ", "[", "]"));
    }

    private static PodCondition condition(PodView view, String type, boolean holds, String reason, String message,
            Instant now) {
        var status = holds ? "True" : "False";
        var since = view.before().getConditions() == null
                ? seconds(now)
                : view.before()
                        .getConditions()
                        .stream()
                        .filter(old -> type.equals(old.getType()) && status.equals(old.getStatus()))
                        .map(PodCondition::getLastTransitionTime)
                        .findFirst()
                        .orElse(seconds(now));
        return new PodConditionBuilder().withType(type)
                .withStatus(status)
                .withReason(holds || reason.isEmpty() ? null : reason)
                .withMessage(holds || message.isEmpty() ? null : message)
                .withLastTransitionTime(since)
                .build();
    }

    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
