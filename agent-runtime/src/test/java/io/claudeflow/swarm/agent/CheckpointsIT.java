package io.claudeflow.swarm.agent;

import static io.claudeflow.swarm.agent.session.TestGateway.shell;
import static io.claudeflow.swarm.agent.session.TestGateway.step;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.agent.session.TestGateway;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Drain;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints from a script's files to the gateway, and back. */
class CheckpointsIT {
    @TempDir
    Path root;

    private Path state;
    private TestAgent agent;

    @BeforeEach
    void start() throws Exception {
        state = Files.createDirectories(root.resolve("state"));
        agent = new TestAgent(root, Map.of());
    }

    @AfterEach
    void close() throws Exception {
        agent.close();
    }

    @Test
    void whatWasCutOffGoesOnFromTheLastCheckpoint() throws Exception {
        agent.gateway.assign(assign(1, "echo 40 > count; echo x > lost; swarm-agent progress 40; "
                + "swarm-agent checkpoint 'at 40'; : > count; rm lost; exit 3"));
        assertEquals(Outcome.FAILED, agent.result().getOutcome());
        var checkpoint = agent.gateway.last().checkpoints().getLast();
        assertEquals(1, checkpoint.getNumber());
        agent.gateway.acknowledge(step("a", 1), Verdict.STORED);

        agent.gateway.assign(assign(2, "cat count lost \"$SWARM_CHECKPOINT_FILE\"; echo; echo $progress; "
                + "swarm-agent restore; echo; swarm-agent info | tail -n 2; swarm-agent checkpoint").setResume(true)
                .setCheckpointNumber(checkpoint.getNumber())
                .setCheckpoint(checkpoint.getData())
                .setLastPercent(40));

        await().until(() -> agent.gateway.last().results().size() == 2);
        assertEquals("40\nx\nat 40\n40\nat 40\nresumes: true\ncheckpointNumber: 1", agent.result().getValue());
        assertEquals(2, agent.gateway.last().checkpoints().getLast().getNumber());
    }

    @Test
    void whatDoesNotResumeFindsNothing() throws Exception {
        agent.gateway.assign(assign(1, "echo 40 > count; swarm-agent checkpoint 'at 40'; rm count"));
        agent.result();
        agent.gateway.acknowledge(step("a", 1), Verdict.STORED);

        agent.gateway.assign(assign(2, "ls; echo ${SWARM_CHECKPOINT_FILE-none}; swarm-agent restore; echo $?; "
                + "swarm-agent checkpoint").setCheckpointNumber(1));

        await().until(() -> agent.gateway.last().results().size() == 2);
        assertEquals("none\n1", agent.result().getValue());
        assertEquals(2, agent.gateway.last().checkpoints().getLast().getNumber());
    }

    @Test
    void aPeriodicCheckpointIsTakenWhenSomethingHasChanged() throws Exception {
        agent.gateway.assign(assign(1, "echo 1 > count; swarm-agent checkpoint said; "
                + "until [ -e go ]; do sleep 0.02; done; echo 2 > count; until [ -e on ]; do sleep 0.02; done")
                .setCheckpointIntervalMillis(30));
        await().until(() -> agent.gateway.last()
                .checkpoints()
                .stream()
                .anyMatch(checkpoint -> checkpoint.getData().toStringUtf8().equals("said")));
        int taken = agent.gateway.last().checkpoints().size();
        long beats = agent.gateway.last().heartbeats();
        await().until(() -> agent.gateway.last().heartbeats() > beats + 3);
        assertEquals(taken, agent.gateway.last().checkpoints().size());

        Files.createFile(state.resolve("go"));

        await().until(() -> Stream.of("2", "3", "4").anyMatch(number -> copied(number, "count").equals("2\n")));
        await().until(() -> agent.gateway.last().checkpoints().size() > taken);
        var last = agent.gateway.last().checkpoints().getLast();
        assertEquals("said", last.getData().toStringUtf8());
        assertEquals(agent.gateway.last().checkpoints().size(), last.getNumber());
    }

    @Test
    void aCheckpointIsSaidAgainToTheNextLeaderUntilItIsAcknowledged() throws Exception {
        agent.gateway.acknowledging = false;
        agent.gateway.assign(assign(1, "swarm-agent checkpoint one; echo $?"));
        await().until(() -> agent.gateway.last().checkpoints().size() == 1);
        agent.gateway.drop();
        await().until(() -> agent.gateway.sessions.size() == 2 && agent.gateway.last().checkpoints().size() == 1);
        agent.gateway.send(TestGateway.welcome(2));
        await().until(() -> agent.gateway.last().checkpoints().size() == 2);
        assertEquals(List.of(), agent.gateway.last().results());
        var checkpoint = agent.gateway.last().checkpoints().getLast();
        assertEquals("1 one", checkpoint.getNumber() + " " + checkpoint.getData().toStringUtf8());

        agent.gateway.send(TestGateway.acknowledged(checkpoint));

        assertEquals("0", agent.result().getValue());
    }

    @Test
    void anOpenCheckpointIsSaidAgainBeforeTheResult() throws Exception {
        agent.gateway.acknowledging = false;
        agent.gateway.assign(assign(1, "swarm-agent checkpoint one & until [ -e go ]; do sleep 0.02; done; exit 3"));
        await().until(() -> agent.gateway.last().checkpoints().size() == 1);
        Files.createFile(state.resolve("go"));
        agent.result();

        agent.gateway.drop();

        await().until(() -> agent.gateway.sessions.size() == 2 && !agent.gateway.last().results().isEmpty());
        var said = agent.gateway.last().heard.stream().filter(frame -> frame.hasCheckpoint() || frame.hasResult());
        assertEquals(List.of(AgentFrame.BodyCase.CHECKPOINT, AgentFrame.BodyCase.RESULT),
                said.map(AgentFrame::getBodyCase).toList());
    }

    @Test
    void aFencedAttemptEndsInTheMiddleOfItsCheckpoint() throws Exception {
        agent.gateway.acknowledging = false;
        agent.gateway.assign(assign(1, "echo $$ > pid; swarm-agent checkpoint one; sleep 60"));
        await().until(() -> agent.gateway.last().checkpoints().size() == 1);
        long pid = Long.parseLong(Files.readString(state.resolve("pid")).strip());

        agent.gateway.acknowledge(step("a", 1), Verdict.FENCED);

        await().until(() -> ProcessHandle.of(pid).isEmpty());
        assertEquals(List.of(), agent.gateway.last().results());
    }

    @Test
    void whatIsHandedBackIsCopiedAndSaidBefore() throws Exception {
        agent.gateway.assign(assign(1, "trap 'echo tidied > count; exit 1' TERM; echo 1 > count; swarm-agent checkpoint"
                + " one; while :; do sleep 0.02; done"));
        await().until(() -> agent.gateway.last().checkpoints().size() == 1);

        var stopped = agent.begin(() -> agent.application.stop(Duration.ofSeconds(2)));

        TestAgent.get(stopped);
        var said = agent.gateway.last().heard.stream()
                .filter(frame -> frame.hasCheckpoint() || frame.hasHandBack())
                .toList();
        assertEquals(3, said.size());
        assertEquals("2 one",
                said.get(1).getCheckpoint().getNumber() + " " + said.get(1).getCheckpoint().getData().toStringUtf8());
        assertTrue(said.get(2).hasHandBack());
        assertEquals("tidied\n", copied("2", "count"));
    }

    @Test
    void aHandBackIsSaidAgainUntilItIsAcknowledged() throws Exception {
        agent.gateway.acknowledging = false;
        agent.gateway.assign(assign(1, "echo 1 > count; swarm-agent progress 1; sleep 60"));
        await().until(() -> agent.gateway.last().heard.stream().anyMatch(AgentFrame::hasProgress));
        agent.gateway.send(GatewayFrame.newBuilder()
                .setDrain(Drain.newBuilder().setDeadlineMillis(400))
                .build());
        await().until(() -> agent.gateway.last().heard.stream().anyMatch(AgentFrame::hasHandBack));

        agent.gateway.drop();

        await().until(() -> agent.gateway.sessions.size() == 2
                && agent.gateway.last().heard.stream().anyMatch(AgentFrame::hasHandBack));
        assertEquals(1, agent.gateway.last().checkpoints().size());
        agent.gateway.acknowledge(step("a", 1), Verdict.STORED);
        agent.gateway.drop();
        await().until(() -> agent.gateway.sessions.size() == 3 && agent.gateway.last().heartbeats() > 0);
        assertFalse(agent.gateway.last().heard.stream().anyMatch(AgentFrame::hasHandBack));
    }

    @Test
    void aFolderThatCannotBeCopiedIsNamedAndTheStepGoesOn() throws Exception {
        Files.writeString(state.resolve(".swarm-checkpoint"), "in the way");

        agent.gateway.assign(assign(1, "echo 1 > count; swarm-agent checkpoint one 2>&1; echo $?"));

        var said = agent.result().getValue();
        assertTrue(said.startsWith("swarm-agent: no checkpoint was taken: " + state) && said.endsWith("\n1"), said);
        assertEquals(List.of(), agent.gateway.last().checkpoints());
    }

    @Test
    void aRelativePathIsRefused() throws Exception {
        agent.gateway.assign(assign(1, "true").clearCheckpointPaths().addCheckpointPaths("state"));

        assertEquals(Outcome.NOT_STARTED, agent.result().getOutcome());
        assertEquals("checkpoint: 'state' is no absolute path", agent.result().getMessage());
    }

    private Assign.Builder assign(int attempt, String script) {
        return shell(step("a", attempt), "cd " + state + "; " + script).addCheckpointPaths(state.toString());
    }

    private Path copies() {
        return state.resolve(".swarm-checkpoint/a.");
    }

    private String copied(String number, String file) {
        try {
            return Files.readString(copies().resolve(number).resolve(file));
        } catch (IOException notThere) {
            return "";
        }
    }
}
