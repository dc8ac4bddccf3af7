package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.hivemind.ledger.Step.End.Kind;
import io.claudeflow.swarm.mesh.hivemind.Subtask;
import io.claudeflow.swarm.mesh.hivemind.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Graphs of subtasks by chance, with conditions that say how they come out. */
final class Graphs {
    private static final String RUNS = "runs";
    private static final String SKIPPED = "skipped";
    private static final String BROKEN = "broken";
    private static final int MOST = 4;

    private Graphs() {}

    static Workflow any(Timeline time) {
        var subtasks = new ArrayList<Subtask>();
        int many = time.between(2, MOST + 1);
        for (int n = 0; n < many; n++) {
            var needed = subtasks.stream().map(Subtask::name).filter(_ -> time.oneIn(2)).toList();
            var when = time.oneIn(3) ? time.any(List.of(RUNS, RUNS, SKIPPED, BROKEN)) : null;
            List<String> items = time.oneIn(3) ? List.of("a", "b", "c").subList(0, time.between(2, 4)) : List.of();
            subtasks.add(new Subtask("s" + n, "echo " + n, needed, null, when, items, time.below(3), time.oneIn(3)));
        }
        return new Workflow(subtasks, time.oneIn(2));
    }

    /** What comes of a condition, from its text alone; fails for one that cannot be worked out. */
    static boolean holds(String when) {
        if (when.equals(BROKEN)) {
            throw new IllegalArgumentException("it cannot be worked out");
        }
        return when.equals(RUNS);
    }

    /** Whether a subtask never begins. */
    static boolean neverBegins(Subtask subtask) {
        return SKIPPED.equals(subtask.when()) || BROKEN.equals(subtask.when());
    }

    /** Whether a task of that graph fails although each attempt is repeated until it succeeds. */
    static boolean fails(Workflow workflow) {
        Map<String, Kind> ends = new HashMap<>();
        boolean fails = false;
        for (var subtask : workflow.subtasks()) {
            var end = BROKEN.equals(subtask.when()) ? Kind.FAILED : Kind.COMPLETED;
            for (var name : subtask.dependsOn()) {
                boolean optional = workflow.named(name).orElseThrow().optional();
                end = ends.get(name) == Kind.FAILED && !optional ? Kind.FAILED : end;
            }
            ends.put(subtask.name(), end);
            fails |= end == Kind.FAILED && !subtask.optional();
        }
        return fails;
    }
}
