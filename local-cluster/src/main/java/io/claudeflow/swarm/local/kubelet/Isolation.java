package io.claudeflow.swarm.local.kubelet;

/** What separates one pod from another. */
public enum Isolation {
    /** Applications in one JVM, one Vert.x deployment each; small and quick, nothing is really killed. */
    THREAD,
    /** One JVM each, in a process group of its own. */
    PROCESS
}
