package io.claudeflow.swarm.kit.cluster;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.Settings;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a process becomes a member of a mesh.
 *
 * @param mesh         the cluster's name, {@code <namespace>/<name>}; members of other names are not spoken to
 * @param address      the pod's own address: both ports bind to it and to nothing else
 * @param seeds        where other members are found
 * @param busPort      port of the event bus
 * @param memberPort   port of Hazelcast's member traffic, the same on every member
 * @param certificates the folder with {@code tls.crt}, {@code tls.key} and {@code ca.crt} (PEM) for mutual TLS on the event
 *                     bus, or null for none
 */
public record ClusterConfig(String mesh, String address, Seeds seeds, int busPort, int memberPort,
        @Nullable Path certificates) {
    /** The mesh that the pod is a member of; absent: none. */
    public static final String MESH = "SWARM_MESH";
    /** The headless service whose addresses are the members. */
    public static final String SERVICE = "SWARM_MESH_SERVICE";
    /** Members by address or name, comma-separated, instead of a service. */
    public static final String MEMBERS = "SWARM_MESH_MEMBERS";
    /** The mounted folder with the member's certificate; absent: no TLS. An absolute mount path. */
    public static final String CERTIFICATES = "SWARM_MESH_CERTIFICATES";
    /** The pod's address. */
    public static final String ADDRESS = "POD_IP";

    public static final int BUS_PORT = 15_701;
    public static final int MEMBER_PORT = 5_701;

    private static final List<String> CERTIFICATE_FILES = List.of("tls.crt", "tls.key", "ca.crt");

    /** Where other members are found; looked up again whenever members are searched. */
    public sealed interface Seeds {
        /** Every address of a name, through the JVM's resolver. */
        record Service(String name) implements Seeds {}

        /** A fixed list. */
        record Members(List<String> addresses) implements Seeds {
            public Members {
                addresses = List.copyOf(addresses);
            }
        }
    }

    /**
     * The configuration of a pod, or empty when it is no member.
     *
     * @throws io.claudeflow.swarm.kit.config.ConfigException naming every problem at once
     */
    public static Optional<ClusterConfig> from(Environment environment) {
        var settings = Settings.of(environment.variables());
        var mesh = settings.text(MESH, "");
        if (mesh.isEmpty()) {
            return Optional.empty();
        }
        var address = settings.required(ADDRESS, "127.0.0.1", ClusterConfig::literal);
        var service = settings.text(SERVICE, "");
        var members = Stream.of(settings.text(MEMBERS, "").split(",", -1))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
        if (service.isEmpty() == members.isEmpty()) {
            settings.problem(MESH + " is set, so exactly one of " + SERVICE + " and " + MEMBERS + " has to be");
        }
        var folder = settings.text(CERTIFICATES, "");
        var certificates = folder.isEmpty()
                ? null
                : settings.optional(CERTIFICATES, Path.of("/"), text -> certificates(environment.path(text)));
        settings.check();
        var seeds = service.isEmpty() ? new Seeds.Members(members) : new Seeds.Service(service);
        return Optional.of(new ClusterConfig(mesh, address, seeds, BUS_PORT, MEMBER_PORT, certificates));
    }

    private static String literal(String text) {
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("an IP address is wanted, for example 10.1.2.3", e);
        }
    }

    private static Path certificates(Path folder) {
        var missing = CERTIFICATE_FILES.stream().filter(name -> !Files.isReadable(folder.resolve(name))).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(folder + " has no readable " + String.join(", ", missing));
        }
        return folder;
    }
}
