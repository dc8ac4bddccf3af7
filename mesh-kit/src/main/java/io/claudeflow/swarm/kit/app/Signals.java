package io.claudeflow.swarm.kit.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGTERM and SIGINT as calls, until closed. The JDK has no supported door to them: a shutdown hook would end with code 143
 * whatever the service did. Repeated signals are ignored: a terminal's Ctrl-C reaches the whole process group, and its
 * launcher sends SIGTERM besides.
 */
final class Signals implements AutoCloseable {
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    private Signals() {}

    static Signals on(Consumer<String> asked) {
        var signals = new Signals();
        for (var name : new String[]{"TERM", "INT"}) {
            var signal = new Signal(name);
            signals.before.put(signal, Signal.handle(signal, received -> asked.accept("SIG" + received.getName())));
        }
        return signals;
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
