package io.claudeflow.swarm.local.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs of all pods: {@code <namespace>_<pod>_<uid>/<container>/<n>.log}, n counting the restarts. Of each container the newest
 * two instances are kept, and nothing of a pod that is gone. Thread-safe.
 */
final class PodLogs {
    private static final Logger LOG = LoggerFactory.getLogger(PodLogs.class);
    private static final int KEPT_INSTANCES = 2;

    private final Path folder;
    private final ConcurrentHashMap<Path, ContainerLog> open = new ConcurrentHashMap<>();

    PodLogs(Path folder) {
        this.folder = folder;
    }

    /** Begins the log of an instance. */
    ContainerLog begin(PodName pod, String container, int instance) {
        var log = new ContainerLog(file(pod, container, instance));
        open.put(log.file(), log);
        var old = file(pod, container, instance - KEPT_INSTANCES);
        delete(old);
        delete(ContainerLog.rotated(old));
        return log;
    }

    /** Ends the log of an instance. */
    void end(ContainerLog log) {
        log.close();
        open.remove(log.file());
    }

    /** The log that is still written, if that instance runs. */
    @Nullable
    ContainerLog live(PodName pod, String container, int instance) {
        return open.get(file(pod, container, instance));
    }

    Path file(PodName pod, String container, int instance) {
        return folder(pod).resolve(container).resolve(instance + ".log");
    }

    /** Deletes all logs of a pod. */
    void forget(PodName pod) {
        try {
            Folders.delete(folder(pod));
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("pod", pod).setCause(e).log("logs not deleted");
        }
    }

    private Path folder(PodName pod) {
        return folder.resolve(pod.folder());
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("old log not deleted");
        }
    }
}
