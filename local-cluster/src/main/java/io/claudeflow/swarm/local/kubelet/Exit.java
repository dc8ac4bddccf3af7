package io.claudeflow.swarm.local.kubelet;

import java.time.Instant;

/**
 * How an instance of a container ended.
 *
 * @param code     0 to 255; 128 + signal for a killed process
 * @param reason   Completed, Error, or a word of the kubelet's
 * @param message  a sentence, or empty
 * @param finished when
 */
record Exit(int code, String reason, String message, Instant finished) {
    /** The reason of an instance that a stop of the kubelet ended. */
    static final String NODE_SHUTDOWN = "NodeShutdown";
    /** The reason of an instance that a former run of the kubelet left behind. */
    static final String NODE_RESTART = "NodeRestart";

    static final int KILLED = 137;

    /** Whether the end of the node, not its own, was the cause. */
    boolean byNode() {
        return reason.equals(NODE_RESTART) || reason.equals(NODE_SHUTDOWN);
    }

    static Exit of(int code) {
        return of(code, "");
    }

    static Exit of(int code, String message) {
        return new Exit(code, code == 0 ? "Completed" : "Error", message, Instant.now());
    }
}
