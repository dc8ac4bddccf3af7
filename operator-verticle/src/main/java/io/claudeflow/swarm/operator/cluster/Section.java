package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.cluster.HiveMindSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.SwarmClusterSpec;
import io.claudeflow.swarm.api.v1alpha1.cluster.Topology;
import io.claudeflow.swarm.api.v1alpha1.task.Strategy;
import io.claudeflow.swarm.operator.condition.Catalogue;
import io.claudeflow.swarm.operator.condition.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Sections of a SwarmCluster's spec that ask for a service that this release does not have. Each that is used gets a condition
 * that names it; none holds Ready back. A section that is absent or disabled has no condition.
 */
enum Section {
    MEMORY(Catalogue.MEMORY_READY, spec -> spec.memory() != null,
            "spec.memory: this release has no shared memory; agents run without it."), //
    NEURAL(Catalogue.NEURAL_READY, spec -> spec.neural() != null && !Boolean.FALSE.equals(spec.neural().enabled()),
            "spec.neural: this release serves and trains no models."), //
    AUTOSCALING(Catalogue.AUTOSCALING_READY, spec -> spec.autoscaling() != null && spec.autoscaling().on(),
            "spec.autoscaling: minAgents and topologyRatios hold, but the number of agents does not follow the load;"
                    + " set it with kubectl scale."), //
    MONITORING(Catalogue.MONITORING_READY, spec -> spec.monitoring() != null && spec.monitoring().on(),
            "spec.monitoring: the pods serve metrics and send traces to tracing.endpoint, but this release makes no"
                    + " dashboards or alert rules and does not change the metrics' port."), //
    KNOWLEDGE(Catalogue.KNOWLEDGE_READY, spec -> spec.hiveMind() != null && synchronises(spec.hiveMind()),
            "spec.hiveMind: the ledger of tasks and agents runs, but this release does not synchronise knowledge"
                    + " (enabled, syncInterval)."), //
    BACKUP(Catalogue.BACKUP_READY,
            spec -> spec.hiveMind() != null && Boolean.TRUE.equals(spec.hiveMind().backupEnabled()),
            "spec.hiveMind.backupEnabled: this release makes no backups."), //
    CONSENSUS(Catalogue.CONSENSUS_READY,
            spec -> spec.strategy() == Strategy.CONSENSUS || spec.consensus() != null
                    || spec.consensusThreshold() != null,
            "spec.strategy consensus, spec.consensus and spec.consensusThreshold: agents of this release do not vote."), //
    TOPOLOGY(Catalogue.TOPOLOGY_READY,
            spec -> spec.topology() == Topology.HIERARCHICAL,
            "spec.topology hierarchical: it chooses the crew, but this release gives a task to any agent that matches."), //
    NETWORK(Catalogue.NETWORK_READY, spec -> spec.network() != null,
            "spec.network: this release renders no NetworkPolicies."), //
    VOLUMES(Catalogue.VOLUMES_READY, spec -> !spec.persistentVolumes().isEmpty(),
            "spec.persistentVolumes: this release mounts no volumes into agents."), //
    LLM(Catalogue.LLM_READY, spec -> spec.agentTemplate() != null && spec.agentTemplate().llm() != null,
            "spec.agentTemplate.llm: this release does not talk to language models.");

    private final String type;
    private final Predicate<SwarmClusterSpec> used;
    private final String sentence;

    Section(String type, Predicate<SwarmClusterSpec> used, String sentence) {
        this.type = type;
        this.used = used;
        this.sentence = sentence;
    }

    /** A condition for each section that the spec uses. */
    static List<Fact> notAvailable(SwarmClusterSpec spec) {
        return Arrays.stream(values())
                .filter(section -> section.used.test(spec))
                .map(section -> Fact.no(section.type, Catalogue.NOT_AVAILABLE, section.sentence))
                .toList();
    }

    /** A section that only says how many replicas the ledger has asks for nothing more. */
    private static boolean synchronises(HiveMindSpec hiveMind) {
        return Boolean.TRUE.equals(hiveMind.enabled())
                || hiveMind.syncInterval() != null && !Boolean.FALSE.equals(hiveMind.enabled());
    }
}
