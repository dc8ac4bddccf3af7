package io.claudeflow.swarm.agent;

import static io.claudeflow.swarm.agent.session.TestGateway.shell;
import static io.claudeflow.swarm.agent.session.TestGateway.step;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Progress;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck.Verdict;
import io.claudeflow.swarm.mesh.agent.v1.SubmitTask;
import io.claudeflow.swarm.mesh.agent.v1.TaskSubmitted;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script says with {@code swarm-agent}, from bash to the gateway. */
class ScriptVerbsIT {
    private static final Path CURL = Path.of("/usr/bin/curl");
    private static final String DIFFICULT = "\"quoted\" \\back\\ 'single' $HOME `x` & é €\ttab\nline \u0001\u001f {}";

    @TempDir
    Path root;

    private final AtomicInteger steps = new AtomicInteger();

    @Test
    void everyVerbWorksWithCurl() throws Exception {
        assumeTrue(Files.isExecutable(CURL), "curl is not there; the other test speaks without it");
        everyVerbWorks(Map.of());
    }

    @Test
    void everyVerbWorksWithNothingButBash() throws Exception {
        everyVerbWorks(Map.of("PATH", onlyBash()));
    }

    private void everyVerbWorks(Map<String, String> variables) throws Exception {
        try (var agent = new TestAgent(root, variables)) {
            assertEquals("1", run(agent, "swarm-agent restore 2> /dev/null; echo $?"));
            assertEquals("task: s2\nnamespace: default\nuid: s2\nattempt: 1\npercent: 7\nresumes: false\n"
                    + "checkpointNumber: 0", run(agent, "swarm-agent progress 7 && swarm-agent info"));
            assertEquals("", run(agent, "swarm-agent progress 40% \"$SWARM_PARAM_TEXT\" more"));
            assertEquals(DIFFICULT + " more", progress(agent).getMessage());
            assertEquals(40, progress(agent).getPercent());
            assertEquals(DIFFICULT + "0", run(agent,
                    "swarm-agent checkpoint \"$SWARM_PARAM_TEXT\" && swarm-agent restore; echo $?"));
            assertEquals(DIFFICULT, agent.gateway.last().checkpoints().getLast().getData().toStringUtf8());

            var bytes = new byte[60_000];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i * 31);
            }
            Files.write(root.resolve("bytes"), bytes);
            assertEquals("", run(agent, "cd " + root + "; swarm-agent checkpoint -f bytes; swarm-agent restore > file;"
                    + " swarm-agent checkpoint - < file; swarm-agent restore > again; swarm-agent checkpoint"));
            assertArrayEquals(bytes, Files.readAllBytes(root.resolve("file")));
            assertArrayEquals(bytes, Files.readAllBytes(root.resolve("again")));
            assertEquals(0, agent.gateway.last().checkpoints().getLast().getData().size());

            assertEquals("uid-of-" + "sub", run(agent, "swarm-agent submit --name sub --priority 70 --type coder "
                    + "--capability gpu --capability cuda --param a=1 --param text=\"$SWARM_PARAM_TEXT\" "
                    + "'echo \"$SWARM_PARAM_TEXT\" > \"it'"));
            var task = submitted(agent);
            assertEquals("echo \"$SWARM_PARAM_TEXT\" > \"it", task.getScript());
            assertEquals(Map.of("a", "1", "text", DIFFICULT), task.getParametersMap());
            assertEquals(List.of("gpu", "cuda"), task.getRequiredCapabilitiesList());
            assertEquals("coder 70", task.getAgentType() + " " + task.getPriority());
            assertEquals("uid-of-s7-1-1", run(agent, "printf 'echo 1\\n\\necho 2' | swarm-agent submit -f -"));
            assertEquals("echo 1\n\necho 2", submitted(agent).getScript());
            assertFalse(submitted(agent).hasPriority());
        }
    }

    @Test
    void whatIsWrongIsSaidInOneSentence() throws Exception {
        try (var agent = new TestAgent(root, Map.of())) {
            Files.write(root.resolve("big"), new byte[65_537]);
            assertEquals(
                    """
                            swarm-agent: percent: 140 is not in 0 to 100
                            1
                            swarm-agent: percent: 'soon' is not a whole number
                            1
                            swarm-agent: progress needs a percent, 0 to 100: swarm-agent progress 40 half way
                            2
                            swarm-agent: 'tell' is not a known verb; known are progress, checkpoint, restore, submit, info and help
                            2
                            swarm-agent: checkpoint: has 65537 bytes, allowed are 65536
                            1
                            swarm-agent: -f: '/nowhere' is no file that can be read
                            2
                            swarm-agent: submit needs one script, not 0: swarm-agent submit 'echo hello', or -f FILE
                            2
                            swarm-agent: --param: 'a' is not NAME=VALUE
                            2
                            swarm-agent: Authorization: no run of this agent has that token; $SWARM_AGENT_TOKEN is of use while \
                            its own script runs
                            1
                            swarm-agent: the agent at http://127.0.0.1:1 does not answer; has this run been ended?
                            1
                            swarm-agent: SWARM_AGENT_URL or SWARM_AGENT_TOKEN is not set; info is for scripts of tasks
                            2""",
                    run(agent, """
                            exec 2>&1
                            swarm-agent progress 140; echo $?
                            swarm-agent progress soon; echo $?
                            swarm-agent progress; echo $?
                            swarm-agent tell me; echo $?
                            swarm-agent checkpoint -f %s; echo $?
                            swarm-agent checkpoint -f /nowhere; echo $?
                            swarm-agent submit; echo $?
                            swarm-agent submit --param a true; echo $?
                            SWARM_AGENT_TOKEN=guessed swarm-agent info; echo $?
                            SWARM_AGENT_URL=http://127.0.0.1:1 swarm-agent info; echo $?
                            SWARM_AGENT_URL= swarm-agent info; echo $?
                            """.formatted(root.resolve("big"))));
        }
    }

    @Test
    void aSubmissionIsSaidAgainUntilItIsAnsweredAndARefusalIsTold() throws Exception {
        try (var agent = new TestAgent(root, Map.of())) {
            agent.gateway.submitted = _ -> Optional.empty();
            agent.gateway.assign(assign("swarm-agent submit --name sub 'echo 1' 2>&1; echo $?"));
            await().until(() -> agent.gateway.last().heard.stream().anyMatch(AgentFrame::hasSubmitTask));
            agent.gateway.submitted = _ -> Optional.of(
                    TaskSubmitted.newBuilder().setCode("Invalid").setMessage("agentType: the swarm has no 'coder'"));
            agent.gateway.drop();

            await().until(() -> agent.gateway.sessions.size() == 2);
            assertEquals("swarm-agent: agentType: the swarm has no 'coder'\n1", agent.result().getValue());
            assertEquals(1, submitted(agent).getNumber());
        }
    }

    @Test
    void aTokenIsOfNoUseWhenItsRunIsOver() throws Exception {
        try (var agent = new TestAgent(root, Map.of()); var client = HttpClient.newHttpClient()) {
            var said = run(agent, "echo $SWARM_AGENT_URL; echo $SWARM_AGENT_TOKEN").lines().toList();

            var answer = client.send(HttpRequest.newBuilder(URI.create(said.get(0) + "/v1/step"))
                    .header("Authorization", "Bearer " + said.get(1))
                    .build(), BodyHandlers.ofString());

            assertEquals(401, answer.statusCode());
            assertTrue(said.get(1).length() > 40);
        }
    }

    private String run(TestAgent agent, String script) {
        int before = agent.gateway.last().results().size();
        var assign = assign(script);
        agent.gateway.assign(assign);
        await().until(() -> agent.gateway.last().results().size() > before);
        agent.gateway.acknowledge(assign.getStep(), Verdict.STORED);
        return agent.result().getValue();
    }

    private Assign.Builder assign(String script) {
        return shell(step("s" + steps.incrementAndGet(), 1), script).putParameters("text", DIFFICULT);
    }

    private static Progress progress(TestAgent agent) {
        return agent.gateway.last().heard.stream()
                .filter(AgentFrame::hasProgress)
                .map(AgentFrame::getProgress)
                .toList()
                .getLast();
    }

    private static SubmitTask submitted(TestAgent agent) {
        return agent.gateway.last().heard.stream()
                .filter(AgentFrame::hasSubmitTask)
                .map(AgentFrame::getSubmitTask)
                .toList()
                .getLast();
    }

    /** A folder with bash and with what starts it. */
    private String onlyBash() throws Exception {
        var folder = Files.createDirectories(root.resolve("only"));
        for (var name : List.of("bash", "setsid")) {
            for (var place : List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
                if (Files.isExecutable(Path.of(place, name)) && !Files.exists(folder.resolve(name))) {
                    Files.createSymbolicLink(folder.resolve(name), Path.of(place, name));
                }
            }
        }
        return folder.toString();
    }
}
