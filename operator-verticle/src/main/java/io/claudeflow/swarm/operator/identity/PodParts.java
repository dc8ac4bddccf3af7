package io.claudeflow.swarm.operator.identity;

import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.ArrayList;
import java.util.List;

/** Parts that the pods of the operators have in common. */
public final class PodParts {
    private static final long USER = 1000;

    private PodParts() {}

    public static EnvVar env(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    /** Name, namespace, UID and address of the pod itself, and its SwarmCluster. */
    public static List<EnvVar> self(ClusterNames names, String clusterUid) {
        var env = new ArrayList<EnvVar>();
        env.add(field(MeshVariables.POD_NAME, "metadata.name"));
        env.add(field(MeshVariables.POD_NAMESPACE, "metadata.namespace"));
        env.add(field(MeshVariables.POD_UID, "metadata.uid"));
        env.add(field(MeshVariables.POD_IP, "status.podIP"));
        env.add(env(MeshVariables.CLUSTER, names.cluster()));
        env.add(env(MeshVariables.CLUSTER_UID, clusterUid));
        return env;
    }

    /** {@link #self}, and what makes the pod a member of the bus. */
    public static List<EnvVar> member(ClusterNames names, String clusterUid) {
        var env = self(names, clusterUid);
        env.add(env(MeshVariables.MESH, names.bus()));
        env.add(env(MeshVariables.MESH_SERVICE, names.meshHost()));
        return env;
    }

    /** Where the pod sends its spans, when the swarm says so. */
    public static List<EnvVar> tracing(SwarmClusterSpec spec) {
        var monitoring = spec.monitoring();
        return monitoring == null || !monitoring.on() || monitoring.tracing() == null
                ? List.of()
                : List.of(env(MeshVariables.TRACING_ENDPOINT, monitoring.tracing().endpoint()));
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder().withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withApiVersion("v1")
                .withFieldPath(path)
                .endFieldRef()
                .endValueFrom()
                .build();
    }

    /** A liveness probe. It is never on the way to Ready: nothing waits for its period. */
    public static Probe liveness(int port) {
        return probe("/healthz", port).withInitialDelaySeconds(10)
                .withPeriodSeconds(10)
                .withFailureThreshold(3)
                .build();
    }

    /** A readiness probe, for rollouts and disruption budgets. */
    public static Probe readiness(int port) {
        return probe("/readyz", port).withPeriodSeconds(2).withFailureThreshold(3).build();
    }

    private static ProbeBuilder probe(String path, int port) {
        return new ProbeBuilder()
                .withHttpGet(new HTTPGetActionBuilder().withPath(path).withPort(new IntOrString(port)).build())
                .withTimeoutSeconds(2);
    }

    /** Not root, the runtime's default seccomp profile. */
    public static PodSecurityContext podSecurity() {
        return new PodSecurityContextBuilder().withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    /** No further privileges. */
    public static SecurityContext containerSecurity() {
        return new SecurityContextBuilder().withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
