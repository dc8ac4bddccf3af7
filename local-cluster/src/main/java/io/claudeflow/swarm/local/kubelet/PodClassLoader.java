package io.claudeflow.swarm.local.kubelet;

import org.jspecify.annotations.Nullable;

/**
 * Tells which pod a thread works for. It loads nothing itself. Vert.x sets a context's class loader on the thread that runs the
 * context, verticles that a verticle deploys inherit it, and so do threads and pools that are made on such a thread; so the
 * thread's context class loader names the pod wherever its code runs.
 */
final class PodClassLoader extends ClassLoader {
    private final ContainerLog log;

    PodClassLoader(ClassLoader parent, ContainerLog log) {
        super(parent);
        this.log = log;
    }

    /** The log of the pod that the current thread works for, or null on threads of the launcher. */
    static @Nullable ContainerLog currentLog() {
        return Thread.currentThread().getContextClassLoader() instanceof PodClassLoader loader ? loader.log : null;
    }
}
