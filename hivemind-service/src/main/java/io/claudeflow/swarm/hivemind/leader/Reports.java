package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.leader.Session.Registered;
import io.claudeflow.swarm.hivemind.ledger.Blob;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult.Verdict;
import io.claudeflow.swarm.hivemind.port.AgentTransport;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Checkpoint;
import io.claudeflow.swarm.mesh.agent.v1.GatewayFrame;
import io.claudeflow.swarm.mesh.agent.v1.HandBack;
import io.claudeflow.swarm.mesh.agent.v1.Reject;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.StepResult;
import java.util.Collection;
import java.util.HashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What agents say of their steps: into the log, and acknowledged after the commit. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int MAX_CHECKPOINT_BYTES = 64 * 1024;
    private static final int MAX_MESSAGE_CHARS = 1_024;
    private static final String DRAINING = "draining";

    private final Log log;
    private final AgentTransport transport;
    private final Sessions sessions;
    private final Samples samples;
    private final Dispatch dispatch;
    private final Frames frames;
    private final ScriptDesk scripts;

    Reports(Log log, AgentTransport transport, Sessions sessions, Samples samples, Dispatch dispatch, Frames frames,
            ScriptDesk scripts) {
        this.log = log;
        this.transport = transport;
        this.sessions = sessions;
        this.samples = samples;
        this.dispatch = dispatch;
        this.frames = frames;
        this.scripts = scripts;
    }

    void take(Session session, Registered who, AgentFrame frame, long now) {
        var agent = who.agentUid();
        switch (frame.getBodyCase()) {
            case ACCEPT -> {
                if (frames.current(frame.getAccept().getStep())) {
                    samples.started(Frames.key(frame.getAccept().getStep()), agent);
                }
            }
            case PROGRESS -> {
                var progress = frame.getProgress();
                if (frames.current(progress.getStep())) {
                    samples.progress(Frames.key(progress.getStep()), agent, progress.getNumber(),
                            progress.getPercent(), bounded(progress.getMessage()));
                }
            }
            case CHECKPOINT -> checkpoint(agent, frame.getCheckpoint(), now);
            case RESULT -> result(agent, frame.getResult(), now);
            case REJECT -> reject(session, agent, frame.getReject(), now);
            case HAND_BACK -> handBack(session, agent, frame.getHandBack(), now);
            case SUBMIT_TASK -> {
                if (frames.current(frame.getSubmitTask().getStep())) {
                    scripts.take(agent, frame.getSubmitTask());
                }
            }
            case REGISTER, HEARTBEAT -> throw new IllegalArgumentException("not a report");
            case BODY_NOT_SET -> LOG.atDebug().addKeyValue("agentUid", agent).log("a frame of a newer release");
        }
    }

    private void result(String agent, StepResult result, long now) {
        var step = result.getStep();
        if (!frames.current(step)) {
            say(agent, Frames.ack(step, Verdict.Kind.FENCED));
            return;
        }
        var value = result.getValue();
        boolean cut = value.length() > AgentVariables.MAX_RESULT_BYTES;
        log.report(
                new LedgerCommand.StepFinished(Frames.key(step), agent, Frames.ending(result.getOutcome()),
                        result.getExitCode(), cut ? value.substring(0, AgentVariables.MAX_RESULT_BYTES) : value,
                        cut || result.getTruncated(), result.getDurationMillis(), bounded(result.getMessage())),
                now, written -> verdict(agent, step, written));
    }

    /**
     * An agent runs steps that are not its by what this replica knows. The log says whether that is so: a replica that leads no
     * more, and has not heard of it, does not know what was assigned since, and an agent that it told to let go would obey.
     *
     * @param then what is to happen once all of them are decided
     */
    void claimed(String agent, Collection<Step> steps, long now, Runnable then) {
        var open = new HashSet<>(steps);
        if (open.isEmpty()) {
            then.run();
        }
        for (var step : steps) {
            claimed(agent, step, now, () -> {
                if (open.remove(step) && open.isEmpty()) {
                    then.run();
                }
            });
        }
    }

    private void claimed(String agent, Step step, long now, Runnable then) {
        if (!frames.current(step)) {
            say(agent, Frames.ack(step, Verdict.Kind.FENCED));
            then.run();
            return;
        }
        log.report(new LedgerCommand.StepStarted(Frames.key(step), agent), now, written -> {
            if (written instanceof Verdict(var kind) && kind != Verdict.Kind.STORED) {
                say(agent, Frames.ack(step, Verdict.Kind.FENCED));
            }
            then.run();
        });
    }

    private void checkpoint(String agent, Checkpoint checkpoint, long now) {
        var step = checkpoint.getStep();
        if (!frames.current(step) || checkpoint.getData().size() > MAX_CHECKPOINT_BYTES) {
            LOG.atWarn()
                    .addKeyValue("agentUid", agent)
                    .addKeyValue("bytes", checkpoint.getData().size())
                    .log("checkpoint not taken: it is of another epoch or above 64 KiB");
            // Somebody waits for an answer, and it will never be taken.
            say(agent, Frames.ack(step, Verdict.Kind.FENCED));
            return;
        }
        log.report(
                new LedgerCommand.StepCheckpoint(Frames.key(step), agent, checkpoint.getNumber(),
                        Blob.of(checkpoint.getData().toByteArray())),
                now, written -> {
                    if (written instanceof Verdict(var kind) && kind != Verdict.Kind.FENCED) {
                        say(agent, Frames.checkpointAck(step, checkpoint.getNumber()));
                    } else {
                        verdict(agent, step, written);
                    }
                });
    }

    private void reject(Session session, String agent, Reject reject, long now) {
        if (reject.getReason().contains(DRAINING)) {
            session.draining = true;
            dispatch.leave(agent);
        }
        if (frames.current(reject.getStep())) {
            log.report(new LedgerCommand.RejectStep(Frames.key(reject.getStep()), agent, bounded(reject.getReason())),
                    now, _ -> {});
        }
    }

    private void handBack(Session session, String agent, HandBack back, long now) {
        session.draining = true;
        dispatch.leave(agent);
        if (frames.current(back.getStep())) {
            var checkpoint = back.getCheckpoint().isEmpty() ? null : Blob.of(back.getCheckpoint().toByteArray());
            log.report(new LedgerCommand.HandBackStep(Frames.key(back.getStep()), agent, checkpoint), now,
                    written -> verdict(agent, back.getStep(), written));
        }
    }

    private void verdict(String agent, Step step, LedgerResult written) {
        if (written instanceof Verdict(var kind)) {
            say(agent, Frames.ack(step, kind));
        }
    }

    /** To whichever session the agent has by now. */
    private void say(String agent, GatewayFrame frame) {
        var session = sessions.of(agent);
        if (session != null) {
            transport.send(session.id, frame);
        }
    }

    private static String bounded(String text) {
        return text.length() <= MAX_MESSAGE_CHARS ? text : text.substring(0, MAX_MESSAGE_CHARS);
    }
}
