package io.claudeflow.swarm.local.kubelet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts containers in one kind of isolation. */
interface ContainerRuntime {
    /**
     * What to start.
     *
     * @param name        for people and files: namespace, pod and container
     * @param image       how to start it
     * @param arguments   the container's args
     * @param environment the whole environment
     * @param mountRoot   the folder under which its mount paths lie
     * @param folder      a folder of the container's own: working directory and process record
     * @param heapBytes   the size of its heap, or 0 for the JVM's default
     * @param log         where its output goes
     */
    record Start(String name, Image image, List<String> arguments, Map<String, String> environment, Path mountRoot,
            Path folder, long heapBytes, ContainerLog log) {}

    /**
     * Starts an instance and returns at once.
     *
     * @param onExit told once how it ended, on any thread
     * @throws io.claudeflow.swarm.kit.error.SwarmException when it cannot be started
     */
    RunningContainer start(Start start, Consumer<Exit> onExit);

    /** Ends what the runtime itself holds. No container runs any more. */
    void close(Duration deadline);
}
