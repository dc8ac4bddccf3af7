package io.claudeflow.swarm.operator;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.Settings;
import io.claudeflow.swarm.kit.trace.OtlpTracer;
import io.claudeflow.swarm.kit.trace.Tracer;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.mesh.SwarmId;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is told by its environment.
 *
 * @param podName      also its identity in the Lease
 * @param podNamespace where its Lease lies
 * @param address      that it serves health and metrics on
 * @param lease        the Lease's name
 * @param namespace    cluster operator: the one namespace that it serves, or null for all
 * @param meshReplicas cluster operator: replicas of each mesh operator
 * @param swarm        mesh operator: the swarm that it works for, else null
 * @param tracer       takes the spans of what it does for tasks
 */
record OperatorSettings(String podName, String podNamespace, String address, int monitoringPort, String lease,
        Images images, @Nullable String namespace, int meshReplicas, @Nullable SwarmId swarm,
        Tracer tracer) {
    private static final String ANY_ADDRESS = "0.0.0.0";

    /** Which of the two operators it is. */
    enum Role {
        CLUSTER, MESH
    }

    /**
     * Reads.
     *
     * @throws io.claudeflow.swarm.kit.config.ConfigException naming every problem at once
     */
    static OperatorSettings of(Environment environment) {
        var settings = Settings.of(environment.variables(), OperatorVariables.PREFIX);
        var role = settings.required(OperatorVariables.ROLE, Role.CLUSTER, OperatorSettings::role);
        var pod = settings.text(MeshVariables.POD_NAME);
        var podNamespace = settings.text(MeshVariables.POD_NAMESPACE);
        var address = settings.text(MeshVariables.POD_IP, ANY_ADDRESS);
        int port = settings.port(MeshVariables.MONITORING_PORT, MeshPorts.OPERATOR_MONITORING);
        var images = new Images(settings.text(OperatorVariables.IMAGE, Images.tagged(Images.OPERATOR)),
                settings.text(OperatorVariables.HIVEMIND_IMAGE, Images.tagged(Images.HIVEMIND)),
                settings.text(OperatorVariables.AGENT_IMAGE, Images.tagged(Images.AGENT)),
                settings.text(OperatorVariables.PULL_POLICY, Images.PULL_POLICY));
        var namespace = settings.text(OperatorVariables.NAMESPACE, "");
        int meshReplicas = settings.number(OperatorVariables.MESH_REPLICAS, 1, 1, 5);
        SwarmId swarm = null;
        if (role == Role.MESH) {
            var cluster = settings.text(MeshVariables.CLUSTER);
            swarm = new SwarmId(podNamespace, cluster, settings.text(MeshVariables.CLUSTER_UID));
        }
        var lease = settings.text(OperatorVariables.LEASE,
                swarm == null ? "swarm-operator" : swarm.names().operatorAccount());
        var tracer = OtlpTracer.from(settings, "swarm-operator");
        settings.check();
        return new OperatorSettings(pod, podNamespace, address, port, lease, images,
                namespace.isEmpty() ? null : namespace, meshReplicas, swarm, tracer);
    }

    private static Role role(String word) {
        return switch (word) {
            case "cluster" -> Role.CLUSTER;
            case "mesh" -> Role.MESH;
            default -> throw new IllegalArgumentException("allowed are cluster and mesh");
        };
    }
}
