package io.claudeflow.swarm.kit.names;

import java.security.Security;

/** How long this JVM remembers what a name stood for. */
public final class LookUps {
    private LookUps() {}

    /**
     * Names are looked up anew after a second, and at once when there was no such name: pods come and go, and by the JDK's default
     * a name that was asked for a moment too early stays unknown for ten seconds. Settings of the whole JVM, read at its first
     * look-up: call this before.
     */
    public static void anew() {
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        // gRPC's resolver reads the system property of the same name, and would keep a pod's old address for 30 s.
        System.setProperty("networkaddress.cache.ttl", "1");
    }
}
