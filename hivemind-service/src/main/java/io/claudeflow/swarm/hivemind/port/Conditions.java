package io.claudeflow.swarm.hivemind.port;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Works out the conditions of subtasks. */
public interface Conditions {
    /**
     * What came of a subtask that has ended.
     *
     * @param phase   {@code Completed}, {@code Skipped}, {@code Failed}
     * @param result  what it said; with items empty
     * @param results one per item; without items empty
     */
    record Ended(String phase, String result, List<String> results) {}

    /**
     * Works out an expression over {@code steps} (by name, each with phase, result, results) and {@code parameters}. Does not block
     * the caller; completes on its context.
     *
     * @return whether it is true; fails with a sentence when it cannot be worked out or is no truth value
     */
    Future<Boolean> holds(String expression, Map<String, Ended> steps, Map<String, String> parameters);
}
