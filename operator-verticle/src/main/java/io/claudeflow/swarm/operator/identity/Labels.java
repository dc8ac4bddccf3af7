package io.claudeflow.swarm.operator.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/** Labels and annotations of everything that the operators make, and the selectors over them. */
public final class Labels {
    /** The short label that a person's {@code kubectl get pods -l component=hivemind} uses. */
    public static final String COMPONENT = "component";
    /** The SwarmCluster's name. */
    public static final String CLUSTER = "swarm.claudeflow.io/cluster";
    /** On pods that are members of the bus: the SwarmCluster's name. */
    public static final String MESH = "swarm.claudeflow.io/mesh";
    /** An agent's type. */
    public static final String TYPE = "swarm.claudeflow.io/type";
    /** On agents that the cluster made: they count towards its replicas. */
    public static final String COUNTED = "swarm.claudeflow.io/counted";
    /** Annotation of an agent's Pod: digest of the part of its spec whose change needs a restart. */
    public static final String POD_DIGEST = "swarm.claudeflow.io/pod-digest";

    /** On a SwarmTask: on whose account it is. Those without one are on one account. */
    public static final String SUBMITTER = "swarm.claudeflow.io/submitter";

    /** On the Jobs of tasks and on their pods: the SwarmTask's UID. */
    public static final String TASK = "swarm.claudeflow.io/task";
    /** Annotations of a Job and its pods: whose attempt it is. */
    public static final String TASK_NAME = "swarm.claudeflow.io/task-name";
    public static final String STEP_PATH = "swarm.claudeflow.io/step-path";
    public static final String ATTEMPT = "swarm.claudeflow.io/attempt";

    public static final String NAME = "app.kubernetes.io/name";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String PART_OF = "app.kubernetes.io/part-of";
    public static final String APP_COMPONENT = "app.kubernetes.io/component";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Value of {@link #MANAGED_BY} on what the cluster operator makes. */
    public static final String CLUSTER_OPERATOR = "swarm-operator";
    /** Value of {@link #MANAGED_BY} on what a mesh operator makes. */
    public static final String MESH_OPERATOR = "swarm-mesh-operator";

    public static final String HIVEMIND = "hivemind";
    public static final String OPERATOR = "operator";
    public static final String AGENT = "agent";
    public static final String JOB = "job";
    /** Component of objects that belong to the swarm as a whole. */
    public static final String SWARM = "swarm";

    private Labels() {}

    /** The labels of an object of that component. */
    public static Map<String, String> of(String cluster, String component, String managedBy) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(NAME, component.equals(SWARM) ? SWARM : SWARM + "-" + component);
        labels.put(INSTANCE, cluster);
        labels.put(APP_COMPONENT, component);
        labels.put(PART_OF, SWARM);
        labels.put(MANAGED_BY, managedBy);
        labels.put(COMPONENT, component);
        labels.put(CLUSTER, cluster);
        return labels;
    }

    /** Those of a pod that is a member of the bus. */
    public static Map<String, String> member(String cluster, String component) {
        var labels = of(cluster, component, CLUSTER_OPERATOR);
        labels.put(MESH, cluster);
        return labels;
    }

    /** What selects the pods of a component; never changes once written, because selectors cannot. */
    public static Map<String, String> selector(String cluster, String component) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(COMPONENT, component);
        labels.put(CLUSTER, cluster);
        return labels;
    }

    /** The selector that {@code status.selector} gives to the scale subresource: agents that count. */
    public static String countedSelector(String cluster) {
        return COMPONENT + "=" + AGENT + "," + CLUSTER + "=" + cluster + "," + COUNTED + "=true";
    }
}
