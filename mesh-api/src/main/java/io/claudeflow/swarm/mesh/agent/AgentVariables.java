package io.claudeflow.swarm.mesh.agent;

import java.util.Locale;
import java.util.regex.Pattern;

/** The variables of an agent's pod, and those that a task's script finds. */
public final class AgentVariables {
    /** {@code host:port} of the agent gateway; the host may have several addresses. */
    public static final String GATEWAY = "AGENT_GATEWAY";
    /** The projected service-account token's file, an absolute mount path. */
    public static final String TOKEN_FILE = "AGENT_TOKEN_FILE";
    /** The folder below which each step gets a working directory of its own, an absolute mount path. */
    public static final String WORKSPACE = "AGENT_WORKSPACE";
    /** The agent's type, for its log and its scripts. */
    public static final String TYPE = "AGENT_TYPE";
    /** Where a local agent's scripts find the files of the person who started the swarm; absent on a cluster. */
    public static final String SHARED_WORKSPACE = "SWARM_WORKSPACE";

    /** In a script: task name, its Kubernetes namespace, attempt (from 1), agent name, type. */
    public static final String TASK_NAME = "SWARM_TASK";
    public static final String TASK_NAMESPACE = "SWARM_TASK_NAMESPACE";
    public static final String TASK_UID = "SWARM_TASK_UID";
    public static final String ATTEMPT = "SWARM_ATTEMPT";
    public static final String AGENT_NAME = "SWARM_AGENT";
    /** The W3C trace context of the run, under the name that OpenTelemetry's command-line tools read. */
    public static final String TRACEPARENT = "TRACEPARENT";
    /** In a script: a file; what is written there is the result instead of standard output. */
    public static final String RESULT_FILE = "SWARM_RESULT_FILE";
    /** In an agent's pod: {@code true} for the pod of a Job, which ends with its one step. */
    public static final String ONCE = "AGENT_ONCE";
    /** In an agent's pod: absolute mount paths, joined by {@code :}, that scripts find under the very same paths. */
    public static final String VOLUMES = "AGENT_VOLUMES";
    /** In a script: where its agent listens for it ({@code http://127.0.0.1:<port>}), and the bearer token of this run. */
    public static final String AGENT_URL = "SWARM_AGENT_URL";
    public static final String AGENT_TOKEN = "SWARM_AGENT_TOKEN";
    /** In a script: a file with what the last checkpoint says; absent when there is none, or the task does not resume. */
    public static final String CHECKPOINT_FILE = "SWARM_CHECKPOINT_FILE";
    /** In a script: the last reported percent, else 0. */
    public static final String PROGRESS = "progress";
    /** In a script of a subtask with items: the one that it runs for. */
    public static final String ITEM = "ITEM";
    /** In a script of a graph: {@code SWARM_RESULT_<NAME>}, what a subtask that it depends on said; with items a JSON array. */
    public static final String RESULT_PREFIX = "SWARM_RESULT_";
    /** In a script: each parameter as {@code SWARM_PARAM_<NAME>}. */
    public static final String PARAMETER_PREFIX = "SWARM_PARAM_";

    /** The longest result, in bytes of UTF-8, that the ledger takes. */
    public static final int MAX_RESULT_BYTES = 64 * 1024;

    private static final Pattern NO_LETTER = Pattern.compile("[^A-Z0-9_]");

    private AgentVariables() {}

    /** {@code inputFile} and {@code input-file} are {@code SWARM_PARAM_INPUTFILE} and {@code SWARM_PARAM_INPUT_FILE}. */
    public static String parameter(String name) {
        return PARAMETER_PREFIX + letters(name);
    }

    /** The variable in which a subtask's result is; named as {@link #parameter} names them. */
    public static String result(String subtask) {
        return RESULT_PREFIX + letters(subtask);
    }

    private static String letters(String name) {
        return NO_LETTER.matcher(name.toUpperCase(Locale.ROOT)).replaceAll("_");
    }
}
