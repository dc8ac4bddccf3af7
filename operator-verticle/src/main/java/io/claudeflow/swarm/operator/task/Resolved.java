package io.claudeflow.swarm.operator.task;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.SwarmTask;
import io.claudeflow.swarm.api.v1alpha1.pod.AgentSelector;
import io.claudeflow.swarm.api.v1alpha1.pod.PersistentVolumeSpec;
import io.claudeflow.swarm.api.v1alpha1.task.RetriesSpec;
import io.claudeflow.swarm.api.v1alpha1.task.SwarmTaskSpec;
import io.claudeflow.swarm.kit.config.Durations;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.OnLost;
import io.claudeflow.swarm.mesh.hivemind.Resume;
import io.claudeflow.swarm.mesh.hivemind.Retries;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import io.claudeflow.swarm.mesh.hivemind.Timeouts;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import io.claudeflow.swarm.operator.identity.Images;
import io.claudeflow.swarm.operator.job.JobImage;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A SwarmTask's spec with every default resolved, as the ledger takes it. */
final class Resolved {
    /** The key of an agent selector that selects by name. */
    static final String NAME = "name";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration JOB_START = Duration.ofMinutes(10);
    /** How often files are kept when nobody says. */
    private static final Duration CHECKPOINT = Duration.ofSeconds(5);
    /** The volume whose files are kept when nobody says. */
    private static final String CHECKPOINT_VOLUME = "checkpoint";
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int PRIORITY = 50;

    private Resolved() {}

    /**
     * Resolves a task that {@link Refusal} has nothing against.
     *
     * @param cluster its SwarmCluster
     * @param exists  whether there is a SwarmAgent of that name
     */
    static TaskSpec of(SwarmTask task, SwarmCluster cluster, Images images, Predicate<String> exists) {
        var spec = task.getSpec();
        var place = JobImage.place(spec, cluster.getSpec().executor(), images);
        var script = spec.task();
        var matching = new Matching(spec.agentType(), spec.requiredCapabilities(), preferred(task),
                selector(spec.agentSelector(), cluster.getMetadata().getName(), exists));
        var timeouts = new Timeouts(duration(spec.timeout()), duration(spec.queueTimeout()),
                or(spec.startTimeout(), place.job() ? JOB_START : START), duration(spec.heartbeatTimeout()),
                duration(spec.deadline()), GRACE);
        return new TaskSpec("shell", script == null ? "" : script, spec.parameters(), environment(spec.environment()),
                priority(spec.priority()), matching, timeouts, retries(spec.retries()), resume(spec),
                place, workflow(spec));
    }

    private static Map<String, String> environment(List<EnvVar> variables) {
        var environment = new LinkedHashMap<String, String>();
        variables.forEach(variable -> environment.put(variable.getName(),
                variable.getValue() == null ? "" : variable.getValue()));
        return environment;
    }

    /** A number, or one of four words. The schema admits nothing else. */
    static int priority(@Nullable IntOrString priority) {
        if (priority == null) {
            return PRIORITY;
        }
        if (priority.getIntVal() != null) {
            return priority.getIntVal();
        }
        return switch (priority.getStrVal()) {
            case "low" -> 25;
            case "medium" -> 50;
            case "high" -> 75;
            case "critical" -> 100;
            default -> Integer.parseInt(priority.getStrVal());
        };
    }

    /** Words that a specialised agent shares with the task. */
    private static List<String> preferred(SwarmTask task) {
        var words = new LinkedHashSet<>(task.getSpec().requiredCapabilities());
        var labels = task.getMetadata().getLabels();
        if (labels != null) {
            words.addAll(labels.values());
        }
        return List.copyOf(words);
    }

    /** A name may be short: {@code analyst-1} is {@code <cluster>-analyst-1} when there is no agent called so itself. */
    private static Map<String, String> selector(@Nullable AgentSelector selector, String cluster,
            Predicate<String> exists) {
        if (selector == null) {
            return Map.of();
        }
        var labels = new LinkedHashMap<>(selector.matchLabels());
        var name = selector.name();
        if (name != null) {
            var full = cluster + "-" + name;
            labels.put(NAME, !exists.test(name) && exists.test(full) ? full : name);
        }
        return labels;
    }

    private static Workflow workflow(SwarmTaskSpec spec) {
        var subtasks = spec.subtasks()
                .stream()
                .map(subtask -> new Subtask(subtask.name(), subtask.task(), subtask.dependsOn(), subtask.agentType(),
                        subtask.when(), subtask.items(), subtask.parallelism() == null ? 0 : subtask.parallelism(),
                        Boolean.TRUE.equals(subtask.optional())))
                .toList();
        return new Workflow(subtasks, !Boolean.FALSE.equals(spec.failFast()));
    }

    /** With resume alone the files of the volume called checkpoint are kept. */
    private static Resume resume(SwarmTaskSpec spec) {
        boolean enabled = Boolean.TRUE.equals(spec.resume());
        var said = spec.checkpoint();
        var path = said == null ? null : said.path();
        if (path == null && enabled) {
            path = spec.persistentVolumes()
                    .stream()
                    .filter(volume -> volume.name().equals(CHECKPOINT_VOLUME))
                    .findFirst()
                    .map(PersistentVolumeSpec::mountPath)
                    .orElse(null);
        }
        return path == null
                ? new Resume(enabled, null, List.of())
                : new Resume(enabled, or(said == null ? null : said.interval(), CHECKPOINT), List.of(path));
    }

    private static Retries retries(@Nullable RetriesSpec spec) {
        if (spec == null) {
            return Retries.DEFAULT;
        }
        var limit = spec.limit();
        var backoff = or(spec.backoff(), Retries.DEFAULT.backoff());
        var longest = Retries.DEFAULT.maxBackoff().compareTo(backoff) < 0 ? backoff : Retries.DEFAULT.maxBackoff();
        return new Retries(limit == null ? Retries.DEFAULT.limit() : limit, backoff, longest,
                spec.onLost() == RetriesSpec.OnLost.NEVER ? OnLost.NEVER : OnLost.RETRY);
    }

    private static @Nullable Duration duration(@Nullable String text) {
        return text == null ? null : Durations.parse(text);
    }

    private static Duration or(@Nullable String text, Duration standard) {
        return text == null ? standard : Durations.parse(text);
    }

    /** Whether {@code spec} asks for its end. */
    static boolean cancelled(SwarmTaskSpec spec) {
        return Boolean.TRUE.equals(spec.cancel());
    }

    /** Whether {@code spec} asks to wait. */
    static boolean suspended(SwarmTaskSpec spec) {
        return Boolean.TRUE.equals(spec.suspend());
    }
}
