package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.local.kubelet.ContainerState.Running;
import io.claudeflow.swarm.local.kubelet.ContainerState.Terminated;
import io.claudeflow.swarm.local.kubelet.ContainerState.Waiting;
import io.claudeflow.swarm.local.kubelet.PodReport.ContainerView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod: what it is doing, and how it is started and ended. Confined to the pod's worker, but for what its process
 * and its probes tell, which wakes the worker.
 */
final class ContainerSlot {
    private final NodeContext node;
    private final PodName pod;
    private final Path folder;
    private final Runnable wake;
    private final BackOff backOff = new BackOff();
    private final AtomicReference<@Nullable Exit> exited = new AtomicReference<>();
    private Container spec;
    private ContainerState state = new Waiting("ContainerCreating", "");
    private @Nullable Terminated last;
    private volatile int restarts;
    private @Nullable RunningContainer running;
    private @Nullable ContainerLog log;
    private @Nullable Prober prober;
    private volatile boolean started;
    private volatile boolean ready;
    private volatile @Nullable String unhealthy;
    private boolean stopping;
    /** The next instance is not the first. */
    private boolean again;
    private @Nullable Instant killAt;
    private @Nullable Instant startAt;
    private String complaint = "";

    ContainerSlot(NodeContext node, PodName pod, Container spec, Path folder, Runnable wake) {
        this.node = node;
        this.pod = pod;
        this.spec = spec;
        this.folder = folder;
        this.wake = wake;
    }

    /** Takes over what a former run of the kubelet told of this container: an instance that ran then has ended since. */
    void adopt(ContainerStatus status, Instant now) {
        restarts = status.getRestartCount() == null ? 0 : status.getRestartCount();
        var told = status.getState();
        var before = status.getLastState();
        if (before != null && before.getTerminated() != null) {
            last = terminated(before.getTerminated(), restarts - 1);
        }
        if (told == null) {
            return;
        }
        if (told.getRunning() != null) {
            var since = Instant.parse(told.getRunning().getStartedAt());
            state = new Terminated(since, new Exit(Exit.KILLED, Exit.NODE_RESTART, "the node was restarted", now),
                    restarts);
        } else if (told.getTerminated() != null) {
            state = terminated(told.getTerminated(), restarts);
        }
    }

    private static Terminated terminated(ContainerStateTerminated told, int instance) {
        var finished = told.getFinishedAt() == null ? Instant.EPOCH : Instant.parse(told.getFinishedAt());
        var began = told.getStartedAt() == null ? finished : Instant.parse(told.getStartedAt());
        return new Terminated(began, new Exit(told.getExitCode(), told.getReason() == null ? "" : told.getReason(),
                told.getMessage() == null ? "" : told.getMessage(), finished), instance);
    }

    /** Whether the end of the node, not its own, ended the last instance. */
    boolean endedByNode() {
        return state instanceof Terminated ended && ended.exit().byNode();
    }

    void update(Container latest) {
        this.spec = latest;
    }

    String name() {
        return spec.getName();
    }

    ContainerState state() {
        return state;
    }

    boolean isRunning() {
        return running != null;
    }

    int instance() {
        return restarts;
    }

    ContainerView view() {
        return new ContainerView(spec.getName(), spec.getImage(), state, last, restarts, started, ready && !stopping);
    }

    /** Takes note of an instance that has ended; true if there was one. */
    boolean collect(@Nullable String reason) {
        var exit = exited.getAndSet(null);
        if (exit == null || !(state instanceof Running since)) {
            return false;
        }
        // What it left itself says more than what it threw.
        var left = TerminationMessage.read(spec, root(), exit, log);
        var message = left.isEmpty() ? exit.message() : left;
        var cause = unhealthy != null && exit.code() == 0 ? "Unhealthy" : exit.reason();
        state = new Terminated(since.since(),
                new Exit(exit.code(), reason == null ? cause : reason, message, exit.finished()),
                restarts);
        closeInstance();
        startAt = exit.finished().plus(backOff.after(since.since(), exit.finished()));
        return true;
    }

    private void closeInstance() {
        running = null;
        started = false;
        ready = false;
        unhealthy = null;
        stopping = false;
        killAt = null;
        if (prober != null) {
            prober.close();
        }
        if (log != null) {
            node.logs().end(log);
        }
    }

    /** Ends an instance that its probes gave up. */
    void restartIfUnhealthy(Pod latest, Duration grace) {
        var reason = unhealthy;
        if (reason != null && running != null && !stopping) {
            node.events()
                    .normal(latest, field(), "Killing",
                            "Container " + name() + " failed " + (started ? "liveness" : "startup")
                                    + " probe, will be restarted");
            stop(Instant.now().plus(grace), grace);
        }
    }

    /** Asks it to end, and kills it at that time. */
    void stop(Instant deadline, Duration grace) {
        var instance = running;
        if (instance == null) {
            return;
        }
        if (!stopping) {
            stopping = true;
            instance.terminate(grace);
        }
        killAt = killAt == null || deadline.isBefore(killAt) ? deadline : killAt;
    }

    /** Kills it if it had its time; returns when that will be, or null. */
    @Nullable
    Instant killIfDue(Instant now) {
        var instance = running;
        if (instance == null || killAt == null) {
            return null;
        }
        if (now.isBefore(killAt)) {
            return killAt;
        }
        instance.kill();
        // Asked again only if the kill itself gets lost.
        killAt = now.plusSeconds(1);
        return killAt;
    }

    void kill() {
        var instance = running;
        if (instance != null) {
            instance.kill();
        }
    }

    /** When the next instance may start; null for at once. */
    @Nullable
    Instant startAt() {
        return startAt;
    }

    /** It waits for its back-off time. */
    void waitForBackOff(Pod latest) {
        if (state instanceof Terminated ended && startAt != null) {
            last = ended;
            again = true;
            var wait = Duration.between(ended.exit().finished(), startAt);
            state = new Waiting("CrashLoopBackOff",
                    "back-off " + wait.toSeconds() + "s restarting failed container=" + name()
                            + " pod=" + pod.name() + "_" + pod.namespace());
            node.events()
                    .warning(latest, field(), "BackOff",
                            "Back-off restarting failed container " + name() + " in pod " + pod.name());
        }
    }

    /** Starts the next instance, or says in its state why it cannot. Returns when to try again, or null. */
    @Nullable
    Instant start(PodVolumes volumes, DownwardApi downward, Prober.Listener probes) {
        if (state instanceof Terminated ended) {
            last = ended;
            again = true;
        }
        startAt = null;
        var image = node.images().get(Image.repository(spec.getImage()));
        if (image == null) {
            complain(downward.pod(), "ErrImageNeverPull", "image \"" + spec.getImage()
                    + "\" is not known here, and images are not pulled; known are "
                    + String.join(", ", node.images().keySet()));
            return null;
        }
        try {
            var root = root();
            if (spec.getRestartPolicy() != null) {
                throw new Missing(
                        "init containers with a restartPolicy of their own (sidecars) are not supported here");
            }
            if (!spec.getCommand().isEmpty()) {
                throw new Missing("command cannot be given: the image decides how it is started here");
            }
            var hostname = downward.pod().getSpec().getHostname() == null
                    ? pod.name()
                    : downward.pod().getSpec().getHostname();
            var environment = EnvironmentVariables.resolve(spec, node.given(hostname), downward, node.sources());
            volumes.link(spec, root, environment);
            var arguments = spec.getArgs()
                    .stream()
                    .map(text -> EnvironmentVariables.expand(text, environment))
                    .toList();
            begin(image, arguments, environment, root, downward, probes);
            node.events().normal(downward.pod(), field(), "Started", "Started container " + name());
            return null;
        } catch (Missing | IOException e) {
            complain(downward.pod(), "CreateContainerConfigError", String.valueOf(e.getMessage()));
        } catch (SwarmException e) {
            complain(downward.pod(), "RunContainerError", String.valueOf(e.getMessage()));
        }
        return Instant.now().plusSeconds(1);
    }

    private void begin(Image image, List<String> arguments, Map<String, String> environment, Path root,
            DownwardApi downward, Prober.Listener probes) throws IOException {
        if (again) {
            int next = restarts + 1;
            restarts = next;
            again = false;
        }
        TerminationMessage.prepare(spec, root);
        var output = node.logs().begin(pod, name(), restarts);
        log = output;
        exited.set(null);
        unhealthy = null;
        stopping = false;
        killAt = null;
        var instance = node.runtime()
                .start(new ContainerRuntime.Start(pod + " " + name(), image, arguments, environment, root,
                        folder, Heap.bytes(spec.getResources()), output), exit -> {
                            exited.set(exit);
                            wake.run();
                        });
        running = instance;
        state = new Running(Instant.now());
        complaint = "";
        prober = Prober.start(spec, downward.podIp(), instance, new Told(probes));
    }

    private void complain(Pod latest, String reason, String message) {
        state = new Waiting(reason, message);
        if (!complaint.equals(message)) {
            complaint = message;
            node.events().warning(latest, field(), "Failed", "Error: " + message);
        }
    }

    /** Nothing is started yet, for a reason that is the pod's. */
    void waiting(String reason, String message) {
        if (state instanceof Waiting) {
            state = new Waiting(reason, message);
        }
    }

    private Path root() {
        return folder.resolve("root");
    }

    private String field() {
        return "spec.containers{" + name() + "}";
    }

    /** What its probes tell: kept here, then told on. */
    private final class Told implements Prober.Listener {
        private final Prober.Listener next;

        Told(Prober.Listener next) {
            this.next = next;
        }

        @Override
        public void started() {
            started = true;
            next.started();
        }

        @Override
        public void ready(boolean serves, String reason) {
            ready = serves;
            next.ready(serves, reason);
        }

        @Override
        public void unhealthy(String reason) {
            unhealthy = reason;
            next.unhealthy(reason);
        }

        @Override
        public void failed(String reason) {
            next.failed(reason);
        }
    }
}
