package io.claudeflow.swarm.cli.status;

import io.claudeflow.swarm.cli.adapter.kube.KubeObject;
import io.claudeflow.swarm.cli.adapter.kube.KubeObject.Condition;
import java.util.List;
import java.util.Set;

/** Which conditions a person should read. Pure. */
public final class Judgement {
    /** Conditions that say something bad when they hold. */
    private static final Set<String> BAD_WHEN_TRUE = Set.of("Degraded", "Failed");
    /** Conditions that tell a course of events, not a fault. */
    private static final Set<String> COURSE = Set.of("Progressing", "Drained", "Complete");

    private Judgement() {}

    /** Whether the condition is not as one would wish. */
    public static boolean notFine(Condition condition) {
        if (COURSE.contains(condition.type())) {
            return false;
        }
        return BAD_WHEN_TRUE.contains(condition.type()) == condition.status().equals("True")
                && !(BAD_WHEN_TRUE.contains(condition.type()) && condition.status().equals("Unknown"));
    }

    /** Those conditions of an object, in its order. */
    public static List<Condition> notFine(KubeObject object) {
        return object.conditions().stream().filter(Judgement::notFine).toList();
    }

    /** Whether the condition only names a part that this release does not have. */
    public static boolean notAvailable(Condition condition) {
        return condition.reason().equals("NotAvailable");
    }

    /** One as a sentence. */
    public static String sentence(Condition condition) {
        var text = condition.type() + "=" + condition.status();
        if (!condition.reason().isEmpty()) {
            text += " (" + condition.reason() + ")";
        }
        return condition.message().isEmpty() ? text : text + ": " + condition.message();
    }
}
