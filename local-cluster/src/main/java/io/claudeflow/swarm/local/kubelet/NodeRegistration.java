package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's object and its heartbeat, a Lease renewed every 10 s. On a virtual thread of its own until it is closed. */
final class NodeRegistration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int LEASE_SECONDS = 40;
    private static final String LEASES = "kube-node-lease";
    static final String ADDRESS = "127.0.0.1";

    private final KubernetesClient client;
    private final String name;
    private final int port;
    private final Map<String, Quantity> resources;
    private final Thread thread;

    NodeRegistration(KubernetesClient client, String name, int port, Map<String, Quantity> resources) {
        this.client = client;
        this.name = name;
        this.port = port;
        this.resources = resources;
        this.thread = Thread.ofVirtual().name("node " + name).start(this::run);
    }

    /** What the machine has: processors, memory, and no bound on pods that a laptop would meet. */
    static Map<String, Quantity> machine() {
        long memory = ManagementFactory
                .getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : Runtime.getRuntime().maxMemory();
        return Map.of("cpu", new Quantity(Integer.toString(Runtime.getRuntime().availableProcessors())), "memory",
                new Quantity((memory >> 10) + "Ki"), "pods", new Quantity("1000"));
    }

    private void run() {
        boolean registered = false;
        try {
            while (true) {
                try {
                    if (!registered) {
                        register();
                        registered = true;
                    }
                    renew();
                    Thread.sleep(HEARTBEAT);
                } catch (RuntimeException e) {
                    LOG.atDebug().addKeyValue("node", name).setCause(e).log("node not registered, trying again");
                    // The node itself may have been deleted.
                    registered = false;
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void register() {
        var present = client.nodes().withName(name).get();
        var wanted = node();
        if (present == null) {
            client.resource(wanted).create();
        }
        wanted.getStatus().setConditions(conditions(present, true, "KubeletReady", "kubelet is posting ready status"));
        status(wanted);
        // The API server gives each new node this taint, and nobody else takes it off here.
        client.nodes().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"taints\":null}}");
    }

    private void status(Node wanted) {
        var body = client.getKubernetesSerialization().asJson(wanted.getStatus());
        client.nodes()
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":" + body + "}");
    }

    private Node node() {
        var os = System.getProperty("os.name", "").startsWith("Mac") ? "darwin" : "linux";
        var arch = switch (System.getProperty("os.arch", "")) {
            case "aarch64" -> "arm64";
            default -> "amd64";
        };
        return new NodeBuilder().withNewMetadata()
                .withName(name)
                .withLabels(Map.of("kubernetes.io/hostname", name, "kubernetes.io/os", os, "kubernetes.io/arch", arch))
                .endMetadata()
                .withNewStatus()
                .withCapacity(resources)
                .withAllocatable(resources)
                .addNewAddress(ADDRESS, "InternalIP")
                .addNewAddress(name, "Hostname")
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(port)
                .endDaemonEndpoints()
                .withNewNodeInfo()
                .withArchitecture(arch)
                .withOperatingSystem(os)
                .withKernelVersion(System.getProperty("os.version", ""))
                .withOsImage(System.getProperty("os.name", ""))
                .withContainerRuntimeVersion("jvm://" + Runtime.version().feature())
                .withKubeletVersion("v1.34.0-swarm-local")
                .withKubeProxyVersion("")
                .withMachineID(name)
                .withSystemUUID(name)
                .withBootID(name)
                .endNodeInfo()
                .endStatus()
                .build();
    }

    private static List<NodeCondition> conditions(@Nullable Node present, boolean ready, String reason,
            String message) {
        var status = ready ? "True" : "False";
        var now = Instant.now();
        var since = present == null || present.getStatus() == null
                ? PodReport.seconds(now)
                : present.getStatus()
                        .getConditions()
                        .stream()
                        .filter(old -> "Ready".equals(old.getType()) && status.equals(old.getStatus()))
                        .map(NodeCondition::getLastTransitionTime)
                        .findFirst()
                        .orElse(PodReport.seconds(now));
        return List.of(new NodeConditionBuilder().withType("Ready")
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .withLastHeartbeatTime(PodReport.seconds(now))
                .build());
    }

    private void renew() {
        var now = ZonedDateTime.now(ZoneOffset.UTC);
        var lease = client.leases().inNamespace(LEASES).withName(name);
        var present = lease.get();
        if (present == null) {
            client.leases()
                    .inNamespace(LEASES)
                    .resource(new LeaseBuilder().withNewMetadata()
                            .withName(name)
                            .withNamespace(LEASES)
                            .endMetadata()
                            .withNewSpec()
                            .withHolderIdentity(name)
                            .withLeaseDurationSeconds(LEASE_SECONDS)
                            .withRenewTime(now)
                            .endSpec()
                            .build())
                    .create();
        } else {
            present.getSpec().setRenewTime(now);
            present.getSpec().setHolderIdentity(name);
            client.resource(present).update();
        }
    }

    /** Ends the heartbeat and says on the node that it is down. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            var present = client.nodes().withName(name).get();
            if (present != null) {
                present.getStatus()
                        .setConditions(conditions(present, false, "NodeShutdown", "the local cluster was stopped"));
                status(present);
            }
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("node not reported down");
        }
    }
}
