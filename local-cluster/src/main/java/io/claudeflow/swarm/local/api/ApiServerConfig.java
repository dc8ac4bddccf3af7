package io.claudeflow.swarm.local.api;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How to start an API server.
 *
 * @param host        the address to listen on, such as {@code 127.0.0.1}
 * @param port        the port, or 0 for a free one
 * @param journal     the directory that keeps the state, or null to keep it in memory alone
 * @param credentials certificates, keys and the admin's token
 * @param issuer      the issuer of service-account tokens, and the audience of those that ask for none
 * @param clock       tells timestamps and expiry
 */
public record ApiServerConfig(String host, int port, @Nullable Path journal, Credentials credentials, String issuer,
        Clock clock) {
    /** The issuer that kube-apiserver is usually given. */
    public static final String DEFAULT_ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final int MAX_PORT = 65_535;

    public ApiServerConfig {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: " + port + " is not between 0 and " + MAX_PORT);
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: is empty; 127.0.0.1 listens on this machine only");
        }
    }

    /** A server on loopback by the system's clock. */
    public static ApiServerConfig local(int port, @Nullable Path journal, Credentials credentials) {
        return new ApiServerConfig("127.0.0.1", port, journal, credentials, DEFAULT_ISSUER, Clock.systemUTC());
    }
}
