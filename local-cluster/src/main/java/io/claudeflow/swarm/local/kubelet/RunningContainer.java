package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.app.Health;
import java.time.Duration;
import java.util.Optional;

/** An instance of a container that was started. Its end is told once, to the listener given at the start. Any thread. */
interface RunningContainer {
    /** Asks it to end within that time; returns at once. */
    void terminate(Duration grace);

    /** Ends it now; returns at once. */
    void kill();

    /** What the application says of itself, where it runs in this JVM. */
    Optional<Health> health();
}
