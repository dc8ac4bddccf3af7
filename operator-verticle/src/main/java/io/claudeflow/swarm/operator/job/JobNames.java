package io.claudeflow.swarm.operator.job;

import io.claudeflow.swarm.mesh.hivemind.StepKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** What the objects of a task are called. */
public final class JobNames {
    private static final int TASK = 40;

    private JobNames() {}

    /** {@code <task, cut to 40>-<hash of UID and path>-<attempt>}. */
    public static String job(String task, StepKey step) {
        var hash = new CRC32C();
        hash.update((step.taskUid() + "/" + step.path()).getBytes(StandardCharsets.UTF_8));
        return "%s-%06x-%d".formatted(cut(task), hash.getValue() & 0xffffff, step.attempt());
    }

    /** The claim of a volume that a task names. */
    static String claim(HasMetadata task, String volume) {
        return task.getMetadata().getName() + "-" + volume;
    }

    /** The claim of a volume that all Jobs of a swarm share. */
    static String sharedClaim(String cluster, String volume) {
        return cluster + "-executor-" + volume;
    }

    private static String cut(String task) {
        var name = task.replace('.', '-');
        return name.length() <= TASK ? name : name.substring(0, TASK);
    }
}
