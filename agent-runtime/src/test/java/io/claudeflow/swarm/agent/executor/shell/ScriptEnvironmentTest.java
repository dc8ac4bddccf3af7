package io.claudeflow.swarm.agent.executor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.claudeflow.swarm.agent.door.DoorKey;
import io.claudeflow.swarm.agent.executor.Limits;
import io.claudeflow.swarm.agent.executor.Preparation;
import io.claudeflow.swarm.agent.executor.Pulse;
import io.claudeflow.swarm.agent.executor.StepRequest;
import io.claudeflow.swarm.agent.volume.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptEnvironmentTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final StepFolder FOLDER = new StepFolder(Path.of("/work/step"), "marker");

    @Test
    void aScriptFindsACleanSetAndWhatItsTaskSays() {
        var variables = ScriptEnvironment.of(config(Optional.empty()), Optional.empty(),
                request(Map.of("inputFile", "a.txt", "max-count", "3"), Map.of("MODE", "fast", "LANG", "de_DE.UTF-8")),
                FOLDER, false);

        assertEquals("/bin", variables.get("PATH"));
        assertEquals("de_DE.UTF-8", variables.get("LANG"));
        assertEquals("/work/step/tmp", variables.get("TMPDIR"));
        assertEquals("/work/step/home", variables.get("HOME"));
        assertEquals("fast", variables.get("MODE"));
        assertEquals("a.txt", variables.get("SWARM_PARAM_INPUTFILE"));
        assertEquals("3", variables.get("SWARM_PARAM_MAX_COUNT"));
        assertEquals("count", variables.get("SWARM_TASK"));
        assertEquals("default", variables.get("SWARM_TASK_NAMESPACE"));
        assertEquals("2", variables.get("SWARM_ATTEMPT"));
        assertEquals("coder-0", variables.get("SWARM_AGENT"));
        assertEquals("coder", variables.get("AGENT_TYPE"));
        assertEquals("40", variables.get("progress"));
        assertEquals("/work/step/result", variables.get("SWARM_RESULT_FILE"));
        assertEquals("pod-uid", variables.get("POD_UID"));
        assertEquals("http://127.0.0.1:1", variables.get("SWARM_AGENT_URL"));
        assertEquals("t", variables.get("SWARM_AGENT_TOKEN"));
        assertFalse(variables.containsKey("SWARM_WORKSPACE"));
    }

    @Test
    void theVerbsStandFirstOnThePathEvenOnTheTasksOwn() {
        var request = request(Map.of(), Map.of("PATH", "/opt/bin"));

        assertEquals("/verbs:/opt/bin",
                ScriptEnvironment.of(config(Optional.empty()), Optional.of(Path.of("/verbs")), request, FOLDER, false)
                        .get("PATH"));
    }

    @Test
    void theFileOfTheCheckpointIsNamedWhereThereIsOne() {
        var request = request(Map.of(), Map.of("SWARM_CHECKPOINT_FILE", "mine"));

        assertEquals("/work/step/checkpoint",
                ScriptEnvironment.of(config(Optional.empty()), Optional.empty(), request, FOLDER, true)
                        .get("SWARM_CHECKPOINT_FILE"));
        assertFalse(ScriptEnvironment.of(config(Optional.empty()), Optional.empty(), request, FOLDER, false)
                .containsKey("SWARM_CHECKPOINT_FILE"));
    }

    @Test
    void aTaskCannotReplaceWhatTheAgentSays() {
        var variables = ScriptEnvironment.of(config(Optional.of(Path.of("/home/me"))), Optional.empty(),
                request(Map.of(), Map.of("SWARM_TASK", "another", ScriptEnvironment.MARKER, "none")), FOLDER, false);

        assertEquals("count", variables.get("SWARM_TASK"));
        assertEquals("marker", variables.get(ScriptEnvironment.MARKER));
        assertEquals("pod-uid", variables.get("POD_UID"));
        assertEquals(TRACE, variables.get("TRACEPARENT"));
        assertEquals("/home/me", variables.get("SWARM_WORKSPACE"));
    }

    private static ShellConfig config(Optional<Path> shared) {
        return new ShellConfig(Path.of("/work"), "/bin", "C.UTF-8", "coder", shared, Map.of("POD_UID", "pod-uid"),
                Volumes.none());
    }

    private static StepRequest request(Map<String, String> parameters, Map<String, String> environment) {
        return new StepRequest("count", "default", "uid", 2, "coder-0", "true", parameters, environment,
                new Limits(null, Pulse.of(null), Duration.ZERO), 40, TRACE, new DoorKey("http://127.0.0.1:1", "t"),
                Preparation.NONE);
    }
}
