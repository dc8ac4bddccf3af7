package io.claudeflow.swarm.agent;

import static io.claudeflow.swarm.agent.session.TestGateway.shell;
import static io.claudeflow.swarm.agent.session.TestGateway.step;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.claudeflow.swarm.agent.session.TestGateway;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Drain;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.ResultAck.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that was started for one step. */
class OneStepIT {
    @TempDir
    Path root;

    private TestAgent agent;

    @BeforeEach
    void start() throws Exception {
        agent = new TestAgent(root, Map.of("AGENT_ONCE", "true"));
    }

    @AfterEach
    void close() throws Exception {
        agent.close();
    }

    @Test
    void itEndsWhenTheResultIsAcknowledged() throws Exception {
        agent.gateway.assign(shell(step("a", 1), "echo 42; exit 3"));
        assertEquals(Outcome.FAILED, agent.result().getOutcome());
        agent.gateway.assign(shell(step("b", 1), "true"));
        await().until(() -> agent.gateway.last().heard.stream().anyMatch(AgentFrame::hasReject));
        assertFalse(agent.application.ended().isComplete());

        agent.gateway.acknowledge(step("a", 1), Verdict.DUPLICATE);

        await().until(() -> agent.application.ended().succeeded());
    }

    @Test
    void itEndsWhenAnotherAttemptTookItsPlace() throws Exception {
        var pid = root.resolve("pid");
        agent.gateway.assign(shell(step("a", 1), "echo $$ > " + pid + "; sleep 60"));
        await().until(() -> Files.exists(pid) && Files.size(pid) > 0);

        agent.gateway.acknowledge(step("a", 1), Verdict.FENCED);

        await().until(() -> agent.application.ended().succeeded());
        assertFalse(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).isPresent());
    }

    @Test
    void itEndsWhenItsWorkWasHandedBack() throws Exception {
        agent.gateway.assign(shell(step("a", 1), "sleep 60"));
        await().until(() -> !agent.gateway.last().accepted().isEmpty());

        agent.gateway.send(GatewayFrame.newBuilder().setDrain(Drain.newBuilder().setDeadlineMillis(200)).build());

        await().until(() -> agent.application.ended().succeeded());
    }

    @Test
    void itWaitsForItsStepAcrossConnectionsAndFailsWhenItIsRefused() throws Exception {
        agent.gateway.drop();
        await().until(() -> agent.gateway.sessions.size() == 2 && agent.application.health().ready());
        assertFalse(agent.application.ended().isComplete());
        agent.gateway.answer = _ -> TestGateway.refused("Forbidden");

        agent.gateway.drop();

        await().until(() -> agent.application.ended().failed());
    }
}
