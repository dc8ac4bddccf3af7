package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.kubelet.HostsFile.Host;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.informers.cache.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the hosts file true: writes it anew, on a thread of its own, whenever pods or Services have changed. */
final class HostsKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostsKeeper.class);

    private final Path file;
    private final Store<Service> services;
    private final Store<Pod> pods;
    private final PodAddresses addresses;
    private final Semaphore changed = new Semaphore(0);
    private final Thread writer;
    private String written = "";

    HostsKeeper(Path file, Store<Service> services, Store<Pod> pods, PodAddresses addresses) {
        this.file = file;
        this.services = services;
        this.pods = pods;
        this.addresses = addresses;
        this.writer = Thread.ofVirtual().name("hosts").start(this::run);
    }

    /** Something that names depend on has changed. Never blocks. */
    void changed() {
        changed.release();
    }

    /** Writes the file now if it is out of date; after that a pod that has just got its address finds its own name. */
    void publish() {
        try {
            write();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("file", file).setCause(e).log("hosts file not written");
        }
    }

    private void run() {
        try {
            while (true) {
                changed.acquire();
                changed.drainPermits();
                publish();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void write() throws IOException {
        var text = HostsFile.render(services.list(), hosts());
        if (!text.equals(written) || !Files.exists(file)) {
            Folders.replace(file, text);
            written = text;
        }
    }

    private List<Host> hosts() {
        var hosts = new ArrayList<Host>();
        for (var pod : pods.list()) {
            var meta = pod.getMetadata();
            var address = addresses.known(meta.getUid());
            var phase = pod.getStatus().getPhase();
            if (address != null && !"Succeeded".equals(phase) && !"Failed".equals(phase)) {
                boolean ready = meta.getDeletionTimestamp() == null && pod.getStatus()
                        .getConditions()
                        .stream()
                        .anyMatch(condition -> "Ready".equals(condition.getType())
                                && "True".equals(condition.getStatus()));
                hosts.add(new Host(meta.getNamespace(), meta.getName(), address, pod.getSpec().getHostname(),
                        pod.getSpec().getSubdomain(), meta.getLabels() == null ? Map.of() : meta.getLabels(), ready));
            }
        }
        return hosts;
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
