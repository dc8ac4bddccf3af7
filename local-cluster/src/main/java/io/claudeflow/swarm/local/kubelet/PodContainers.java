package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.kubelet.ContainerState.Terminated;
import io.claudeflow.swarm.local.kubelet.ContainerState.Waiting;
import io.claudeflow.swarm.local.kubelet.PodReport.ContainerView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The containers of one pod: init containers one after the other, then all others at once. Confined to the pod's worker. */
final class PodContainers {
    private final NodeContext node;
    private final PodVolumes volumes;
    private final Function<String, Prober.Listener> probes;
    private final List<ContainerSlot> init;
    private final List<ContainerSlot> main;

    /**
     * The containers of that pod, where a former run of the kubelet left them.
     *
     * @param folder of the containers' folders
     * @param wake   called on any thread when something has happened to a container
     * @param probes who is told what the probes of a container find
     */
    PodContainers(NodeContext node, Pod pod, Path folder, PodVolumes volumes, Runnable wake,
            Function<String, Prober.Listener> probes) {
        this.node = node;
        this.volumes = volumes;
        this.probes = probes;
        var spec = pod.getSpec();
        var status = pod.getStatus();
        var name = PodName.of(pod);
        this.init = slots(spec.getInitContainers(), status.getInitContainerStatuses(), name, folder, wake);
        this.main = slots(spec.getContainers(), status.getContainerStatuses(), name, folder, wake);
    }

    private List<ContainerSlot> slots(List<Container> specs, List<ContainerStatus> statuses, PodName pod, Path folder,
            Runnable wake) {
        var slots = new ArrayList<ContainerSlot>();
        for (var spec : specs) {
            var slot = new ContainerSlot(node, pod, spec, folder.resolve(spec.getName()), wake);
            statuses.stream()
                    .filter(status -> status.getName().equals(spec.getName()))
                    .forEach(status -> slot.adopt(status, Instant.now()));
            slots.add(slot);
        }
        return List.copyOf(slots);
    }

    List<ContainerSlot> all() {
        var all = new ArrayList<>(init);
        all.addAll(main);
        return all;
    }

    List<ContainerView> initViews() {
        return init.stream().map(ContainerSlot::view).toList();
    }

    List<ContainerView> views() {
        return main.stream().map(ContainerSlot::view).toList();
    }

    /** Whether the end of the node ended one of them. */
    boolean endedByNode() {
        return main.stream().anyMatch(ContainerSlot::endedByNode);
    }

    boolean allWait() {
        return all().stream().allMatch(slot -> slot.state() instanceof Waiting);
    }

    /** None is started yet, for a reason that is the pod's. */
    void waiting(String reason, String message) {
        all().forEach(slot -> slot.waiting(reason, message));
    }

    /** The instance of a container whose log is wanted, or -1 when there is none. Any thread. */
    int instance(String container, boolean previous) {
        return all().stream()
                .filter(slot -> slot.name().equals(container))
                .findFirst()
                .map(slot -> slot.instance() - (previous ? 1 : 0))
                .orElse(-1);
    }

    /** Starts what is due to be started and restarts what is unhealthy; returns when to look again without news, or null. */
    @Nullable
    Instant advance(Instant now, Pod latest, DownwardApi downward) {
        update(latest.getSpec().getInitContainers(), init);
        update(latest.getSpec().getContainers(), main);
        for (var slot : init) {
            if (!(slot.state() instanceof Terminated ended && ended.exit().code() == 0)) {
                main.forEach(later -> later.waiting("PodInitializing", ""));
                return advance(now, latest, slot, downward, true);
            }
        }
        Instant due = null;
        for (var slot : main) {
            due = PodWorker.earliest(due, advance(now, latest, slot, downward, false));
        }
        return due;
    }

    private static void update(List<Container> specs, List<ContainerSlot> slots) {
        for (int i = 0; i < slots.size() && i < specs.size(); i++) {
            slots.get(i).update(specs.get(i));
        }
    }

    private @Nullable Instant advance(Instant now, Pod latest, ContainerSlot slot, DownwardApi downward,
            boolean initial) {
        if (slot.isRunning()) {
            slot.restartIfUnhealthy(latest, grace(latest));
            return slot.killIfDue(now);
        }
        if (slot.state() instanceof Terminated ended && !restarts(latest, ended, slot, initial)) {
            return null;
        }
        var startAt = slot.startAt();
        if (startAt != null && now.isBefore(startAt)) {
            slot.waitForBackOff(latest);
            return startAt;
        }
        return slot.start(volumes, downward, probes.apply(slot.name()));
    }

    private static boolean restarts(Pod latest, Terminated ended, ContainerSlot slot, boolean initial) {
        if (slot.endedByNode()) {
            return true;
        }
        return switch (Objects.requireNonNullElse(latest.getSpec().getRestartPolicy(), "Always")) {
            case "Never" -> false;
            case "OnFailure" -> ended.exit().code() != 0;
            default -> !initial || ended.exit().code() != 0;
        };
    }

    private static Duration grace(Pod latest) {
        var seconds = latest.getSpec().getTerminationGracePeriodSeconds();
        return Duration.ofSeconds(seconds == null ? 30 : seconds);
    }
}
