package io.claudeflow.swarm.mesh.hivemind;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be done, with every default resolved. At most 256 KiB as JSON.
 *
 * @param executor    {@code shell} in this release
 * @param script      what it runs
 * @param parameters  handed to the script as {@code SWARM_PARAM_<NAME>}
 * @param environment further variables of the script
 * @param priority    0 to 100, higher first
 * @param matching    which agents may do it
 * @param place       where it runs
 * @param workflow    its subtasks; with some the script is optional, and runs last
 */
public record TaskSpec(String executor, String script, Map<String, String> parameters, Map<String, String> environment,
        int priority, Matching matching, Timeouts timeouts, Retries retries, Resume resume, StepPlace place,
        Workflow workflow) {
    public TaskSpec {
        // Sorted, so that equal specs are written to equal bytes in every JVM.
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        if (priority < 0 || priority > 100) {
            throw new IllegalArgumentException("priority: " + priority + " is not in 0 to 100");
        }
    }

    /** The same with another priority, 0 to 100. */
    public TaskSpec withPriority(int other) {
        return other == priority
                ? this
                : new TaskSpec(executor, script, parameters, environment, other, matching, timeouts, retries, resume,
                        place, workflow);
    }

    /** How many characters its scripts, items, words and variables have. */
    public long size() {
        long size = script.length();
        for (var subtask : workflow.subtasks()) {
            size += subtask.script().length() + subtask.items().stream().mapToLong(String::length).sum();
        }
        for (var word : matching.capabilities()) {
            size += word.length();
        }
        for (var map : List.of(parameters, environment, matching.selector())) {
            for (var entry : map.entrySet()) {
                size += entry.getKey().length() + entry.getValue().length();
            }
        }
        return size;
    }

    /** The same for other agents. */
    public TaskSpec with(Matching other) {
        return new TaskSpec(executor, script, parameters, environment, priority, other, timeouts, retries, resume,
                place,
                workflow);
    }

    /** The same with another graph. */
    public TaskSpec with(Workflow other) {
        return new TaskSpec(executor, script, parameters, environment, priority, matching, timeouts, retries, resume,
                place, other);
    }

    /** What the step of that path runs: a subtask's script and type in the place of the task's. */
    public TaskSpec at(String path) {
        var subtask = workflow.of(path);
        if (subtask == null) {
            return this;
        }
        var type = subtask.agentType() == null ? matching.agentType() : subtask.agentType();
        return new TaskSpec(executor, subtask.script(), parameters, environment, priority,
                new Matching(type, matching.capabilities(), matching.specialization(), matching.selector()), timeouts,
                retries, resume, place, workflow);
    }

    /** A script for any agent, with every default. */
    public static TaskSpec shell(String script) {
        return new TaskSpec("shell", script, Map.of(), Map.of(), 50, Matching.ANY, Timeouts.DEFAULT, Retries.DEFAULT,
                Resume.NEVER, StepPlace.AGENT, Workflow.NONE);
    }
}
