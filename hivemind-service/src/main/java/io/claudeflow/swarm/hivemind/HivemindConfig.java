package io.claudeflow.swarm.hivemind;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.Settings;
import io.claudeflow.swarm.kit.trace.OtlpTracer;
import io.claudeflow.swarm.kit.trace.Tracer;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.mesh.hivemind.HivemindVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A replica's configuration, from its pod's environment and mounts.
 *
 * @param cluster     the SwarmCluster's name
 * @param group       who founds the Raft group
 * @param replicas    the StatefulSet's name, with which the names of replicas begin
 * @param ordinal     this replica
 * @param host        the pod's address; every port is bound to it
 * @param meshService the domain in which replicas have names
 * @param peerSecret  what replicas show each other
 * @param lease       how long an agent may be silent
 * @param heartbeat   how often it speaks
 * @param tracer      takes the spans of commands
 */
public record HivemindConfig(String cluster, Group group, String replicas, int ordinal, String host,
        String meshService, Path data, String peerSecret, int monitoringPort, Duration lease, Duration heartbeat,
        Tracer tracer) {
    private static final Pattern POD = Pattern.compile("(.+)-([0-9]{1,4})");
    private static final UUID NOBODY = new UUID(0, 0);
    private static final Pod NO_POD = new Pod("", 0);

    /**
     * The group's ConfigMap.
     *
     * @param id       the SwarmCluster's UID
     * @param founding whether an empty volume may found the group
     * @param founders ordinals
     */
    public record Group(UUID id, long epoch, boolean founding, List<Integer> founders) {
        public Group {
            founders = List.copyOf(founders);
        }
    }

    private record Pod(String replicas, int ordinal) {}

    /**
     * Reads variables and mounted files.
     *
     * @throws io.claudeflow.swarm.kit.config.ConfigException naming every problem at once
     */
    public static HivemindConfig from(Environment environment) {
        var settings = Settings.of(environment.variables(), "HIVEMIND_");
        var cluster = settings.text(MeshVariables.CLUSTER);
        var pod = settings.required(MeshVariables.POD_NAME, NO_POD, HivemindConfig::pod);
        var host = settings.text(MeshVariables.POD_IP);
        var service = settings.text(MeshVariables.MESH_SERVICE, "localhost");
        var data = settings.required(HivemindVariables.DATA, Path.of("/"), environment::path);
        var lease = settings.duration(HivemindVariables.LEASE, Duration.ofSeconds(5));
        var heartbeat = settings.duration(HivemindVariables.HEARTBEAT, Duration.ofSeconds(1));
        var monitoring = settings.port(MeshVariables.MONITORING_PORT, MeshPorts.MONITORING);
        var folder = settings.required(HivemindVariables.GROUP, Path.of("/"), environment::path);
        var secret = settings.required(HivemindVariables.PEER_SECRET, "",
                mount -> file(environment.path(mount), "token"));
        var group = group(settings, folder);
        var uid = settings.required(MeshVariables.CLUSTER_UID, NOBODY, UUID::fromString);
        if (!uid.equals(NOBODY) && !group.id.equals(NOBODY) && !uid.equals(group.id)) {
            settings.problem(MeshVariables.CLUSTER_UID + ": " + uid + " is not the group's id " + group.id);
        }
        if (heartbeat.multipliedBy(2).compareTo(lease) > 0) {
            settings.problem(HivemindVariables.HEARTBEAT + ": " + heartbeat + " is more than half of "
                    + HivemindVariables.LEASE + " " + lease);
        }
        var tracer = OtlpTracer.from(settings, "swarm-hivemind");
        settings.check();
        return new HivemindConfig(cluster, group, pod.replicas, pod.ordinal, host, service, data, secret, monitoring,
                lease, heartbeat, tracer);
    }

    private static Pod pod(String name) {
        var match = POD.matcher(name);
        if (!match.matches()) {
            throw new IllegalArgumentException("a replica's pod is named <statefulset>-<ordinal>");
        }
        return new Pod(match.group(1), Integer.parseInt(match.group(2)));
    }

    private static Group group(Settings settings, Path folder) {
        try {
            var founders = Arrays.stream(file(folder, HivemindVariables.FOUNDERS).split(",", -1))
                    .map(ordinal -> Integer.valueOf(ordinal.strip()))
                    .toList();
            if (founders.size() % 2 == 0) {
                settings.problem(HivemindVariables.GROUP + ": " + founders.size()
                        + " founders; allowed are odd numbers, because an even one tolerates no more failures");
            }
            var state = file(folder, HivemindVariables.STATE);
            if (!state.equals("Founding") && !state.equals("Established")) {
                settings.problem(HivemindVariables.GROUP + ": the state '" + state
                        + "' is not allowed: Founding or Established");
            }
            return new Group(UUID.fromString(file(folder, HivemindVariables.GROUP_ID)),
                    Long.parseLong(file(folder, HivemindVariables.EPOCH)), state.equals("Founding"), founders);
        } catch (IllegalArgumentException e) {
            settings.problem(HivemindVariables.GROUP + ": " + e.getMessage());
            return new Group(NOBODY, 0, false, List.of(0));
        }
    }

    private static String file(Path folder, String name) {
        try {
            return Files.readString(folder.resolve(name)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + folder.resolve(name) + " cannot be read", e);
        }
    }

    /** The name of a replica in the mesh. */
    String hostOf(int replica) {
        return replicas + "-" + replica + "." + meshService;
    }

    @Override
    public String toString() {
        return "HivemindConfig[cluster=" + cluster + ", group=" + group + ", ordinal=" + ordinal + ", host=" + host
                + ", data=" + data + ", peerSecret=****]";
    }
}
