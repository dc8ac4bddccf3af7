package io.claudeflow.swarm.agent.executor.shell;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** kill(2) of the C library: the JDK itself signals single processes, never a group. Returns at once. Any thread. */
final class Posix {
    static final int SIGKILL = 9;
    static final int SIGTERM = 15;

    private static final MethodHandle KILL = Linker.nativeLinker()
            .downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private Posix() {}

    /** Signals every process of a group; false: there is none, or it may not be signalled. */
    static boolean signalGroup(long group, int signal) {
        if (group <= 1) {
            throw new IllegalArgumentException("group: " + group + " would reach processes that are not the step's");
        }
        try {
            return (int) KILL.invokeExact((int) -group, signal) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) could not be called", e);
        }
    }
}
