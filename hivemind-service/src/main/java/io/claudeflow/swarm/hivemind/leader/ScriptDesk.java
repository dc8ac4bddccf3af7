package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerView;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.SubmitTask;
import io.claudeflow.swarm.mesh.agent.v1.TaskSubmitted;
import io.claudeflow.swarm.mesh.hivemind.Matching;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;
import io.claudeflow.swarm.mesh.hivemind.TaskSpec;
import java.util.List;
import java.util.Map;

/**
 * Tasks that scripts hand to the swarm, in the name of the step that they run for. The UID follows from step and number, so a
 * submission that comes again is the same task. What may or may not be written stays without an answer: the agent asks again.
 */
final class ScriptDesk {
    private final LedgerView view;
    private final Submissions submissions;
    private final Sessions sessions;
    private final AgentTransport transport;

    ScriptDesk(LedgerView view, Submissions submissions, Sessions sessions, AgentTransport transport) {
        this.view = view;
        this.submissions = submissions;
        this.sessions = sessions;
        this.transport = transport;
    }

    void take(String agentUid, SubmitTask submit) {
        var key = Frames.key(submit.getStep());
        var held = view.held(key);
        var holder = held == null ? null : held.holder();
        var parent = view.task(key.taskUid());
        if (parent == null || holder == null || !holder.agentUid().equals(agentUid)) {
            answer(agentUid, refused(submit, "Fenced", "another attempt has taken this one's place"));
            return;
        }
        var priority = submit.hasPriority() ? submit.getPriority() : parent.spec().priority();
        if (priority < 0 || priority > 100) {
            answer(agentUid, refused(submit, "Invalid", "priority: " + priority + " is not in 0 to 100"));
            return;
        }
        var uid = key.taskUid() + "/" + key.path() + "/" + key.attempt() + "/" + submit.getNumber();
        var about = new Task.About(uid, TaskOrigin.CLIENT, parent.about().namespace(), submit.getName(),
                "agent/" + holder.agentName(), 1, spec(submit, priority), parent.about().traceparent());
        submissions.submit(about).onComplete(written -> {
            if (written.failed()) {
                failed(agentUid, submit, written.cause());
            } else if (written.result() instanceof LedgerResult.Refused(var code, var message)) {
                answer(agentUid, refused(submit, code.name(), message));
            } else {
                answer(agentUid, answer(submit).setTaskUid(uid));
            }
        });
    }

    private static TaskSpec spec(SubmitTask submit, int priority) {
        var plain = TaskSpec.shell(submit.getScript());
        var matching = new Matching(submit.getAgentType().isEmpty() ? null : submit.getAgentType(),
                submit.getRequiredCapabilitiesList(), List.of(), Map.of());
        return new TaskSpec(plain.executor(), plain.script(), submit.getParametersMap(), Map.of(), priority, matching,
                plain.timeouts(), plain.retries(), plain.resume(), plain.place(), plain.workflow());
    }

    private void failed(String agentUid, SubmitTask submit, Throwable cause) {
        if (cause instanceof SwarmException known && !known.code().equals(ErrorCode.INDETERMINATE)
                && !known.code().equals(ErrorCode.UNAVAILABLE)) {
            answer(agentUid, refused(submit, known.code().name(), String.valueOf(known.getMessage())));
        }
    }

    private static TaskSubmitted.Builder answer(SubmitTask submit) {
        return TaskSubmitted.newBuilder().setStep(submit.getStep()).setNumber(submit.getNumber());
    }

    private static TaskSubmitted.Builder refused(SubmitTask submit, String code, String message) {
        return answer(submit).setCode(code).setMessage(message);
    }

    /** To whichever session the agent has by now. */
    private void answer(String agentUid, TaskSubmitted.Builder answer) {
        var session = sessions.of(agentUid);
        if (session != null) {
            transport.send(session.id, GatewayFrame.newBuilder().setTaskSubmitted(answer).build());
        }
    }
}
