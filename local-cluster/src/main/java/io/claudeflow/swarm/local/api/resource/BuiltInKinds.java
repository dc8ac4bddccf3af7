package io.claudeflow.swarm.local.api.resource;

import io.claudeflow.swarm.local.api.schema.Schema;
import io.claudeflow.swarm.local.api.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one table of built-in kinds. */
public final class BuiltInKinds {
    public static final GroupResource PODS = new GroupResource("", "pods");
    public static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
    public static final GroupResource SERVICES = new GroupResource("", "services");
    public static final GroupResource SECRETS = new GroupResource("", "secrets");
    public static final GroupResource NODES = new GroupResource("", "nodes");
    public static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");
    public static final GroupResource EVENTS = new GroupResource("", "events");
    public static final GroupResource JOBS = new GroupResource("batch", "jobs");
    public static final GroupResource DEFINITIONS = new GroupResource("apiextensions.k8s.io",
            "customresourcedefinitions");

    /** Built-in kinds that count changes of their spec in metadata.generation. */
    private static final Set<String> GENERATIONS = Set.of("Pod", "Deployment", "StatefulSet", "ReplicaSet", "Job",
            "NetworkPolicy", "PodDisruptionBudget", "EndpointSlice", "CustomResourceDefinition");
    private static final String CORE = "io.k8s.api.core.v1.";
    private static final String RBAC = "rbac.authorization.k8s.io/v1";

    private final Schemas schemas;
    private final List<ResourceType> types = new ArrayList<>();

    private BuiltInKinds(Schemas schemas) {
        this.schemas = schemas;
    }

    /** Whether objects of that type have a generation. */
    public static boolean hasGeneration(ResourceType type) {
        return type.custom() != null || GENERATIONS.contains(type.kind());
    }

    /** All built-in kinds, in the order in which discovery names them. */
    public static List<ResourceType> types(Schemas schemas) {
        var table = new BuiltInKinds(schemas);
        table.core();
        table.workloads();
        table.others();
        return List.copyOf(table.types);
    }

    private void core() {
        add("v1", "Namespace", "namespaces", CORE, "ns", "status finalize", "status.phase");
        add("v1", "Pod", "pods", CORE, "po", "status log binding eviction exec attach portforward",
                "spec.nodeName status.phase status.podIP spec.serviceAccountName spec.restartPolicy spec.schedulerName");
        add("v1", "ConfigMap", "configmaps", CORE, "cm", "", "");
        add("v1", "Secret", "secrets", CORE, "", "", "type");
        add("v1", "Service", "services", CORE, "svc", "status", "spec.clusterIP spec.type");
        add("v1", "ServiceAccount", "serviceaccounts", CORE, "sa", "token", "");
        add("v1", "PersistentVolumeClaim", "persistentvolumeclaims", CORE, "pvc", "status", "");
        add("v1", "PersistentVolume", "persistentvolumes", CORE, "pv", "status", "");
        add("v1", "Node", "nodes", CORE, "no", "status", "spec.unschedulable");
        add("v1", "Event", "events", CORE, "ev", "", "involvedObject.kind involvedObject.namespace involvedObject.name"
                + " involvedObject.uid involvedObject.apiVersion involvedObject.resourceVersion involvedObject.fieldPath"
                + " reason reportingComponent source type");
        add("v1", "Endpoints", "endpoints", CORE, "ep", "", "");
        add("events.k8s.io/v1", "Event", "events", "io.k8s.api.events.v1.", "ev", "",
                "regarding.kind regarding.namespace regarding.name regarding.uid reason type");
    }

    private void workloads() {
        var apps = "io.k8s.api.apps.v1.";
        add("apps/v1", "Deployment", "deployments", apps, "deploy", "status scale", "");
        add("apps/v1", "StatefulSet", "statefulsets", apps, "sts", "status scale", "");
        add("apps/v1", "ReplicaSet", "replicasets", apps, "rs", "status scale", "status.replicas");
        add("batch/v1", "Job", "jobs", "io.k8s.api.batch.v1.", "", "status", "status.successful");
        add("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "io.k8s.api.autoscaling.v2.",
                "hpa",
                "status", "");
        add("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", "io.k8s.api.policy.v1.", "pdb", "status", "");
    }

    private void others() {
        add("coordination.k8s.io/v1", "Lease", "leases", "io.k8s.api.coordination.v1.", "", "", "");
        add("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", "io.k8s.api.discovery.v1.", "", "", "");
        add("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", "io.k8s.api.networking.v1.", "netpol", "", "");
        add(RBAC, "Role", "roles", "io.k8s.api.rbac.v1.", "", "", "");
        add(RBAC, "RoleBinding", "rolebindings", "io.k8s.api.rbac.v1.", "", "", "");
        add(RBAC, "ClusterRole", "clusterroles", "io.k8s.api.rbac.v1.", "", "", "");
        add(RBAC, "ClusterRoleBinding", "clusterrolebindings", "io.k8s.api.rbac.v1.", "", "", "");
        add("storage.k8s.io/v1", "StorageClass", "storageclasses", "io.k8s.api.storage.v1.", "sc", "", "");
        add("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions",
                "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.", "crd crds", "status", "");
        reviews("authentication.k8s.io/v1", "io.k8s.api.authentication.v1.", "TokenReview", "SelfSubjectReview");
        reviews("authorization.k8s.io/v1", "io.k8s.api.authorization.v1.", "SelfSubjectAccessReview",
                "SelfSubjectRulesReview", "SubjectAccessReview", "LocalSubjectAccessReview");
    }

    private void reviews(String apiVersion, String definitions, String... kinds) {
        for (var kind : kinds) {
            types.add(type(apiVersion, kind, kind.toLowerCase(Locale.ROOT) + "s", definitions, "", "", "",
                    Set.of("create")));
        }
    }

    private void add(String apiVersion, String kind, String plural, String definitions, String shortNames,
            String subresources, String selectable) {
        types.add(type(apiVersion, kind, plural, definitions, shortNames, subresources, selectable,
                ResourceType.ALL_VERBS));
    }

    private ResourceType type(String apiVersion, String kind, String plural, String definitions, String shortNames,
            String subresources, String selectable, Set<String> verbs) {
        int slash = apiVersion.indexOf('/');
        var group = slash < 0 ? "" : apiVersion.substring(0, slash);
        boolean clusterWide = Set.of("Namespace", "PersistentVolume", "Node", "ClusterRole", "ClusterRoleBinding",
                "StorageClass", "CustomResourceDefinition", "TokenReview", "SelfSubjectReview",
                "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview").contains(kind);
        boolean inAll = Set.of("Pod", "Service", "Deployment", "StatefulSet", "ReplicaSet", "Job",
                "HorizontalPodAutoscaler").contains(kind);
        var stored = group.equals("events.k8s.io") ? EVENTS : new GroupResource(group, plural);
        return new ResourceType(stored, group, apiVersion.substring(slash + 1), kind,
                kind.toLowerCase(Locale.ROOT), !clusterWide, words(shortNames), inAll ? List.of("all") : List.of(),
                Set.copyOf(words(subresources)), verbs, Set.copyOf(words(selectable)), definitions + kind,
                lazily(definitions + kind), null);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private Supplier<Schema> lazily(String definition) {
        return new Supplier<>() {
            private @Nullable Schema made;

            @Override
            public Schema get() {
                var schema = made;
                if (schema == null) {
                    schema = schemas.builtIn(definition);
                    made = schema;
                }
                return schema;
            }
        };
    }
}
