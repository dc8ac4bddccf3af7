package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.kubelet.PodReport.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one pod to what the API wants of it, on one virtual thread. Level-triggered: whoever has news (the watch, a process, a probe,
 * a source of a volume) leaves it where the worker finds it and wakes it; the worker then looks at everything, acts, writes the
 * status if it changed, and sleeps until the next time that something is due.
 */
final class PodWorker {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** After a kill this long, a container counts as gone whatever it says. */
    private static final Duration ABANDON = Duration.ofSeconds(10);

    private final NodeContext node;
    private final PodName name;
    private final Path folder;
    private final PodVolumes volumes;
    private final PodStatusWriter writer;
    private final PodContainers containers;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private final Instant startTime;
    private volatile Pod pod;
    private volatile boolean removed;
    private volatile boolean refresh = true;
    private volatile @Nullable Instant shutdown;
    private volatile boolean finished;
    private boolean mounted;
    private String complaint = "";
    private @Nullable Instant deadline;
    private @Nullable String failure;
    private @Nullable String failureMessage;

    PodWorker(NodeContext node, Pod pod) {
        this.node = node;
        this.pod = pod;
        this.name = PodName.of(pod);
        this.folder = node.pods().resolve(name.folder());
        this.volumes = new PodVolumes(folder.resolve("volumes"), node.sources(), node.sources(),
                wanted -> node.tokens().request(this.pod, wanted));
        this.writer = new PodStatusWriter(node.client(), name, pod.getStatus());
        var began = pod.getStatus().getStartTime();
        this.startTime = began == null ? Instant.now() : Instant.parse(began);
        this.containers = new PodContainers(node, pod, folder.resolve("containers"), volumes, this::wake,
                container -> new ProbeNews(node.events(), this::pod, container, this::wake));
        this.thread = Thread.ofVirtual().name("pod " + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    PodName name() {
        return name;
    }

    Pod pod() {
        return pod;
    }

    /** The API has a newer version of the pod. */
    void update(Pod latest) {
        if (!Objects.equals(latest.getMetadata().getLabels(), pod.getMetadata().getLabels())
                || !Objects.equals(latest.getMetadata().getAnnotations(), pod.getMetadata().getAnnotations())) {
            refresh = true;
        }
        pod = latest;
        wake();
    }

    /** The API has no such pod any more. */
    void removed() {
        removed = true;
        wake();
    }

    /** A ConfigMap, Secret or claim of the pod's namespace has changed. */
    void sourceChanged() {
        refresh = true;
        wake();
    }

    /** The kubelet stops: the pod's containers are to end by then. */
    void shutDown(Instant by) {
        shutdown = by;
        wake();
    }

    /** Waits for the worker's end; true if it came in time. */
    boolean join(Duration time) throws InterruptedException {
        return thread.join(time);
    }

    /** The instance of a container whose log is wanted, or -1 when there is none. Any thread. */
    int instance(String container, boolean previous) {
        return containers.instance(container, previous);
    }

    private void wake() {
        wake.release();
    }

    private void run() {
        while (!finished) {
            Instant due;
            try {
                due = step();
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("pod", name).setCause(e).log("pod cannot be brought on, trying again");
                due = Instant.now().plus(RETRY);
            }
            try {
                await(due);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void await(@Nullable Instant due) throws InterruptedException {
        if (finished) {
            return;
        }
        if (due == null) {
            wake.acquire();
        } else {
            boolean _ = wake.tryAcquire(Math.max(1, Duration.between(Instant.now(), due).toMillis()),
                    TimeUnit.MILLISECONDS);
        }
        wake.drainPermits();
    }

    /** Looks at everything once; returns when to look again without news, or null. */
    private @Nullable Instant step() {
        var now = Instant.now();
        var latest = pod;
        var by = shutdown;
        boolean deleting = latest.getMetadata().getDeletionTimestamp() != null;
        containers.all().forEach(slot -> slot.collect(by != null && !deleting && !removed ? Exit.NODE_SHUTDOWN : null));
        if (removed) {
            return end(now, now, latest, this::forget);
        }
        if (deleting) {
            return end(now, graceEnds(now, latest), latest, () -> {
                report(latest, true);
                delete();
                forget();
            });
        }
        if (by != null) {
            return end(now, by, latest, () -> {
                report(latest, false);
                finished = true;
            });
        }
        var due = advance(now, latest);
        var retry = report(latest, false) ? null : now.plus(RETRY);
        return earliest(due, retry);
    }

    /** Stops all containers by that time, then does the rest. */
    private @Nullable Instant end(Instant now, Instant by, Pod latest, Runnable rest) {
        var running = containers.all().stream().filter(ContainerSlot::isRunning).toList();
        boolean abandoned = deadline != null && now.isAfter(deadline.plus(ABANDON));
        if (running.isEmpty() || abandoned) {
            rest.run();
            return null;
        }
        if (deadline == null) {
            running.forEach(slot -> node.events()
                    .normal(latest, "spec.containers{" + slot.name() + "}", "Killing",
                            "Stopping container " + slot.name()));
        }
        deadline = by;
        var grace = Duration.between(now, by);
        Instant due = by;
        for (var slot : running) {
            slot.stop(by, grace.isNegative() ? Duration.ZERO : grace);
            due = Objects.requireNonNull(earliest(due.isAfter(now) ? due : now.plus(RETRY), slot.killIfDue(now)));
        }
        return due;
    }

    private Instant graceEnds(Instant now, Pod latest) {
        var grace = latest.getMetadata().getDeletionGracePeriodSeconds();
        var ends = now.plusSeconds(grace == null ? 0 : grace);
        // The first sight of the deletion counts, unless a later one leaves less time.
        return deadline == null || ends.isBefore(deadline) ? ends : deadline;
    }

    private @Nullable Instant advance(Instant now, Pod latest) {
        if (over()) {
            return null;
        }
        var address = node.addresses().of(name.uid(), latest.getStatus().getPodIP());
        var downward = new DownwardApi(latest, address, node.hostIp(), node.resources());
        var due = mount(now, downward);
        if (!mounted) {
            return due;
        }
        return earliest(due, containers.advance(now, latest, downward));
    }

    /** Whether the pod has come to its end and no container is started any more. */
    private boolean over() {
        var phase = pod.getStatus().getPhase();
        if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
            return true;
        }
        boolean never = "Never".equals(pod.getSpec().getRestartPolicy());
        if (never && containers.endedByNode()) {
            failure = Exit.NODE_RESTART;
            failureMessage = "The node was restarted, and the pod's restart policy is Never.";
        }
        return failure != null;
    }

    private @Nullable Instant mount(Instant now, DownwardApi downward) {
        var renewal = volumes.renewAt().orElse(null);
        if (!refresh && (renewal == null || now.isBefore(renewal))) {
            return renewal;
        }
        refresh = false;
        try {
            volumes.mount(downward);
            if (!mounted) {
                mounted = true;
                node.hosts().publish();
            }
            return volumes.renewAt().orElse(null);
        } catch (Missing | IOException | KubernetesClientException e) {
            refresh = true;
            complain(downward.pod(), String.valueOf(e.getMessage()));
            return now.plus(RETRY);
        }
    }

    private void complain(Pod latest, String message) {
        if (!mounted) {
            containers.waiting("ContainerCreating", message);
        }
        if (!message.equals(complaint)) {
            complaint = message;
            node.events().warning(latest, "FailedMount", "MountVolume.SetUp failed: " + message);
        }
    }

    /** Writes the status if it has changed; false when it could not be written. */
    private boolean report(Pod latest, boolean ending) {
        var address = Objects.requireNonNullElse(node.addresses().known(name.uid()), "");
        if (address.isEmpty() && containers.allWait() && !ending
                && failure == null) {
            return true;
        }
        PodStatus status = PodReport.status(new PodView(latest, writer.last(),
                containers.initViews(),
                containers.views(), address, node.hostIp(), startTime, failure,
                failureMessage, ending), Instant.now());
        return writer.write(status);
    }

    private void delete() {
        try {
            node.client()
                    .raw("/api/v1/namespaces/" + name.namespace() + "/pods/" + name.name(), "DELETE",
                            Map.of("apiVersion", "v1", "kind", "DeleteOptions", "gracePeriodSeconds", 0,
                                    "preconditions",
                                    Map.of("uid", name.uid())));
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404 && e.getCode() != 409) {
                throw e;
            }
        }
    }

    private void forget() {
        node.logs().forget(name);
        node.addresses().release(name.uid());
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("pod", name).setCause(e).log("folder of the pod not deleted");
        }
        node.hosts().changed();
        finished = true;
    }

    static @Nullable Instant earliest(@Nullable Instant left, @Nullable Instant right) {
        if (left == null) {
            return right;
        }
        return right == null || left.isBefore(right) ? left : right;
    }
}
