package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.agent.checkpoint.CheckpointData;
import io.claudeflow.swarm.agent.checkpoint.CheckpointFolders;
import io.claudeflow.swarm.agent.checkpoint.CheckpointSeries;
import io.claudeflow.swarm.agent.door.DoorCodes;
import io.claudeflow.swarm.agent.door.DoorKey;
import io.claudeflow.swarm.agent.door.Percent;
import io.claudeflow.swarm.agent.door.ScriptCalls;
import io.claudeflow.swarm.agent.door.StepFacts;
import io.claudeflow.swarm.agent.door.Submission;
import io.claudeflow.swarm.agent.executor.Pulse;
import io.claudeflow.swarm.agent.executor.StepLog;
import io.claudeflow.swarm.agent.executor.StepOutcome;
import io.claudeflow.swarm.agent.executor.StepRun;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.trace.TraceContext;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.TaskSubmitted;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A step that runs, with all that its script may ask. One context. */
final class RunningStep implements ScriptCalls {
    private final StepTools tools;
    private final Assign assign;
    private final Pulse pulse;
    private final StepReports reports;
    private final StepCheckpoints checkpoints;
    private final Submissions submissions;
    private final String token;
    private final StepRun run;
    private Duration lastWords = Duration.ZERO;
    private boolean handedBack;

    /** Starts it. */
    RunningStep(Context context, StepTools tools, Assign assign, String agent, TraceContext trace,
            Consumer<AgentFrame> out, SessionCounts counts) {
        this.tools = tools;
        this.assign = assign;
        var step = assign.getStep();
        this.pulse = Pulse.of(Frames.duration(assign.getHeartbeatTimeoutMillis()));
        this.reports = new StepReports(context, step, assign.getName(), assign.getLastPercent(), out);
        this.checkpoints = new StepCheckpoints(context, assign, folders(tools, assign), out,
                sentence -> reports.lines(List.of(StepLog.said(sentence))), counts);
        this.submissions = new Submissions(context, step, assign.getName(), out, counts,
                Submissions.DEADLINE);
        this.token = tools.keeper().admit(this);
        var door = new DoorKey(tools.url().get(), token);
        this.run = tools.shell()
                .start(Frames.request(assign, agent, trace, pulse, door, checkpoints::prepare), reports);
    }

    private static CheckpointFolders folders(StepTools tools, Assign assign) {
        List<Path> paths = assign.getCheckpointPathsList().stream().map(tools.volumes()::real).distinct().toList();
        var step = assign.getStep();
        return new CheckpointFolders(paths, step.getTaskUid() + "." + step.getPath());
    }

    Future<StepOutcome> outcome() {
        return run.outcome();
    }

    boolean fenceKills() {
        return assign.getFenceKills();
    }

    void cancel(String reason, Duration grace) {
        run.cancel(reason, grace);
    }

    void kill(String reason) {
        run.kill(reason);
    }

    /** Ends it, to be given back with a last checkpoint. */
    void handBack(String reason, Duration grace) {
        handedBack = true;
        lastWords = grace.multipliedBy(2);
        run.cancel(reason, grace);
    }

    /** It ended because it was to be given back. */
    boolean isHandBack(StepOutcome outcome) {
        return handedBack && outcome.end() == StepOutcome.End.CANCELLED;
    }

    /** Nothing of it runs any more, and nobody speaks for it. */
    void over() {
        tools.keeper().dismiss(token);
        reports.end();
    }

    Future<Void> lastCheckpointSaid() {
        return checkpoints.last(lastWords);
    }

    /** What has to be said before its end; after that it says nothing. */
    Optional<AgentFrame> end() {
        var open = checkpoints.open();
        end(new SwarmException(ErrorCode.UNAVAILABLE, "the run is over"));
        return open;
    }

    /** Another attempt has taken its place. */
    void fenced(String reason) {
        end(new SwarmException(DoorCodes.FENCED, reason));
    }

    private void end(SwarmException reason) {
        tools.keeper().dismiss(token);
        checkpoints.end(reason);
        submissions.end(reason);
    }

    void sayAgain() {
        checkpoints.sayAgain();
        submissions.sayAgain();
    }

    void checkpointed(long number) {
        checkpoints.acknowledged(number);
    }

    void submitted(TaskSubmitted answer) {
        submissions.answered(answer);
    }

    @Override
    public void progress(Percent percent, String message) {
        pulse.beat();
        reports.progress(percent.value(), message);
    }

    @Override
    public Future<Long> checkpoint(CheckpointData data) {
        return asked(() -> checkpoints.take(data));
    }

    @Override
    public Optional<CheckpointData> lastCheckpoint() {
        return checkpoints.durable().map(CheckpointSeries.Saved::data);
    }

    @Override
    public Future<String> submit(Submission submission) {
        return asked(() -> submissions.submit(submission));
    }

    @Override
    public StepFacts facts() {
        var step = assign.getStep();
        return new StepFacts(assign.getName(), assign.getNamespace(), step.getTaskUid(), step.getAttempt(),
                reports.percent(), checkpoints.resumes(),
                checkpoints.durable().map(CheckpointSeries.Saved::number).orElse(assign.getCheckpointNumber()));
    }

    /** A script that waits for an answer is not silent. */
    private <T> Future<T> asked(Supplier<Future<T>> question) {
        pulse.asked();
        return question.get().onComplete(_ -> pulse.answered());
    }
}
