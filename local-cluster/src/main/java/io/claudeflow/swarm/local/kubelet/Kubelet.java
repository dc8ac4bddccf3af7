package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.names.HostsFileResolverProvider;
import io.claudeflow.swarm.local.events.EventRecorder;
import io.claudeflow.swarm.local.process.ProcessRecord;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running kubelet. Closing it is shutting the node down: containers are stopped, objects stay, and the next start on the same data
 * directory runs the pods again under the same names, UIDs, addresses and volumes, with a higher restart count; pods that are never
 * to be restarted then become Failed, reason NodeRestart.
 */
public final class Kubelet {
    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);

    private final KubernetesClient client;
    private final Informers informers;
    private final EventRecorder events;
    private final NodeContext node;
    private final HostsKeeper hosts;
    private final KubeletServer server;
    private final NodeRegistration registration;
    private final SharedIndexInformer<Pod> pods;
    private final ConcurrentHashMap<String, PodWorker> workers;

    private Kubelet(KubernetesClient client, Informers informers, EventRecorder events, NodeContext node,
            HostsKeeper hosts,
            KubeletServer server, NodeRegistration registration, SharedIndexInformer<Pod> pods,
            ConcurrentHashMap<String, PodWorker> workers) {
        this.client = client;
        this.informers = informers;
        this.events = events;
        this.node = node;
        this.hosts = hosts;
        this.server = server;
        this.registration = registration;
        this.pods = pods;
        this.workers = workers;
    }

    /**
     * Ends what a former run left behind, then starts: node, server and pods all at once, without waiting for one another. Under
     * {@link Isolation#THREAD} the hosts file becomes this JVM's own ({@value HostsFileResolverProvider#PROPERTY}).
     *
     * @throws SwarmException Unavailable with a sentence: the data directory cannot be written, pods could not have addresses
     */
    public static Kubelet start(KubeletConfig config) {
        var data = config.dataDirectory();
        var podFolder = data.resolve("pods");
        var hostsFile = data.resolve("hosts");
        var workers = new ConcurrentHashMap<String, PodWorker>();
        try {
            Folders.makePrivate(podFolder);
            Files.createDirectories(data.resolve("logs"));
            endLeftovers(podFolder);
            var logs = new PodLogs(data.resolve("logs"));
            var addresses = PodAddresses.open(data.resolve("network"));
            var server = KubeletServer.start(config.pki(), logs, (namespace, name) -> find(workers, namespace, name));
            var client = new KubernetesClientBuilder().withConfig(config.client()).build();
            var informers = new Informers(client);
            var pods = Informers.persistent(
                    client.pods().inAnyNamespace().withField("spec.nodeName", config.nodeName()).runnableInformer(0));
            var services = informers.of(Service.class);
            var hosts = new HostsKeeper(hostsFile, services.getStore(), pods.getStore(), addresses);
            var events = new EventRecorder(client, "kubelet", config.nodeName());
            var api = URI.create(client.getMasterUrl().toString());
            if (config.isolation() == Isolation.THREAD) {
                System.setProperty(HostsFileResolverProvider.PROPERTY, hostsFile.toString());
                System.setProperty("vertx.disableDnsResolver", "true");
                PodLogAppender.install();
            }
            var resources = NodeRegistration.machine();
            var node = new NodeContext(client, events, podFolder, config.images(), runtime(config, hostsFile), logs,
                    addresses, hosts,
                    new ApiSources(client), new Tokens(client), NodeRegistration.ADDRESS, api.getHost(), api.getPort(),
                    resources);
            var registration = new NodeRegistration(client, config.nodeName(), server.port(), resources);
            var kubelet = new Kubelet(client, informers, events, node, hosts, server, registration, pods, workers);
            kubelet.watch();
            return kubelet;
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "data directory " + data + " cannot be used: " + e.getMessage()
                            + "; make it writable, or make room on its disk",
                    e);
        }
    }

    private static ContainerRuntime runtime(KubeletConfig config, Path hostsFile) {
        return switch (config.isolation()) {
            case THREAD -> new ThreadRuntime();
            case PROCESS -> new ProcessRuntime(config.java(), hostsFile);
        };
    }

    private static void endLeftovers(Path podFolder) throws IOException {
        try (var tree = Files.walk(podFolder, 4)) {
            tree.filter(path -> path.endsWith(ProcessRuntime.RECORD)).toList().forEach(ProcessRecord::endLeftover);
        }
        ProcessRecord.killCarriers(Environment.MOUNT_ROOT + "=" + podFolder + "/");
    }

    private void watch() {
        pods.addEventHandler(new PodHandler());
        informers.onChange(Service.class, _ -> hosts.changed());
        informers.onChange(ConfigMap.class, this::sourceChanged);
        informers.onChange(Secret.class, this::sourceChanged);
        informers.onChange(PersistentVolumeClaim.class, this::sourceChanged);
        informers.start();
        var _ = pods.start()
                .thenRun(() -> node.addresses()
                        .retain(pods.getStore()
                                .list()
                                .stream()
                                .map(pod -> pod.getMetadata().getUid())
                                .collect(Collectors.toSet())));
    }

    private void sourceChanged(HasMetadata source) {
        for (var worker : workers.values()) {
            if (worker.name().namespace().equals(source.getMetadata().getNamespace())
                    && VolumeSources.mentions(worker.pod(), source)) {
                worker.sourceChanged();
            }
        }
    }

    private static @Nullable PodWorker find(ConcurrentHashMap<String, PodWorker> workers, String namespace,
            String name) {
        for (var worker : workers.values()) {
            if (worker.name().namespace().equals(namespace) && worker.name().name().equals(name)) {
                return worker;
            }
        }
        return null;
    }

    /**
     * Shuts the node down: stops all containers, kills those that are not done when the time is over, and tells the API server.
     * Blocking.
     */
    public void close(Duration deadline) {
        pods.stop();
        informers.close();
        var by = Instant.now().plus(deadline);
        workers.values().forEach(worker -> worker.shutDown(by));
        try {
            for (var worker : workers.values()) {
                var left = Duration.between(Instant.now(), by).plusSeconds(3);
                if (!worker.join(left.isNegative() ? Duration.ofMillis(1) : left)) {
                    LOG.atWarn().addKeyValue("pod", worker.name()).log("pod did not stop");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.runtime().close(deadline);
        registration.close();
        hosts.close();
        server.close();
        node.addresses().close();
        events.close();
        client.close();
    }

    private final class PodHandler implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            workers.computeIfAbsent(pod.getMetadata().getUid(), _ -> {
                var worker = new PodWorker(node, pod);
                worker.start();
                return worker;
            });
            hosts.changed();
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            if (!before.getMetadata().getUid().equals(after.getMetadata().getUid())) {
                onDelete(before, false);
                onAdd(after);
                return;
            }
            var worker = workers.get(after.getMetadata().getUid());
            if (worker != null) {
                worker.update(after);
            }
            hosts.changed();
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            var worker = workers.remove(pod.getMetadata().getUid());
            if (worker != null) {
                worker.removed();
            }
            hosts.changed();
        }
    }
}
