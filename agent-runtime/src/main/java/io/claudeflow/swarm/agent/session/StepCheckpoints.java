package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.agent.checkpoint.CheckpointData;
import io.claudeflow.swarm.agent.checkpoint.CheckpointFolders;
import io.claudeflow.swarm.agent.checkpoint.CheckpointSeries;
import io.claudeflow.swarm.agent.checkpoint.Copied;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The checkpoints of a running step, one after the other: the files are copied (on a worker), then the hive-mind is told, again
 * after each welcome until it has acknowledged. One context.
 */
final class StepCheckpoints {
    /** How many of the script's may wait at a time. */
    static final int MOST = 16;

    private final Context context;
    private final Step step;
    private final boolean resumes;
    private final CheckpointFolders folders;
    private final CheckpointSeries series;
    private final Consumer<AgentFrame> out;
    private final Consumer<String> log;
    private final SessionCounts counts;
    private final long timer;
    private Future<Void> turn = Future.succeededFuture();
    private int asked;
    private boolean busy;
    private String lastProblem = "";
    private boolean ended;

    /** @param log takes sentences for the step's log */
    StepCheckpoints(Context context, Assign assign, CheckpointFolders folders, Consumer<AgentFrame> out,
            Consumer<String> log, SessionCounts counts) {
        this.context = context;
        this.step = assign.getStep();
        this.resumes = assign.getResume() && assign.getCheckpointNumber() > 0;
        this.folders = folders;
        this.series = new CheckpointSeries(assign.getCheckpointNumber(), resumes
                ? Optional.of(CheckpointData.of(assign.getCheckpoint().toByteArray()))
                : Optional.empty());
        this.out = out;
        this.log = log;
        this.counts = counts;
        this.timer = folders.isEmpty() || assign.getCheckpointIntervalMillis() <= 0
                ? -1
                : context.owner().setPeriodic(assign.getCheckpointIntervalMillis(), _ -> periodic());
    }

    /** Restores the files when the attempt goes on from a checkpoint; what that one says. Blocking; any thread. */
    Optional<CheckpointData> prepare() throws IOException {
        if (!resumes) {
            return Optional.empty();
        }
        int restored = folders.restore();
        if (restored > 0) {
            log.accept(restored + " files that were missing or empty were restored from the last checkpoint");
        }
        return series.durable().map(CheckpointSeries.Saved::data);
    }

    boolean resumes() {
        return resumes;
    }

    /** By the script's wish; completes when the ledger has it. */
    Future<Long> take(CheckpointData data) {
        if (ended) {
            return Future.failedFuture(over());
        } else if (asked >= MOST) {
            return Future.failedFuture(new SwarmException(ErrorCode.EXHAUSTED, MOST
                    + " checkpoints of this step wait already; wait for one before the next"));
        }
        asked++;
        return inTurn(copied -> switch (copied) {
            case Copied.Refused(String reason) -> Future.failedFuture(new SwarmException(ErrorCode.EXHAUSTED,
                    "no checkpoint was taken: " + reason));
            case Copied.Taken _,Copied.Unchanged _ -> series.durable(say(data));
        }).onComplete(_ -> asked--);
    }

    private void periodic() {
        if (!busy) {
            busy = true;
            inTurn(this::ifChanged).onComplete(_ -> busy = false);
        }
    }

    /** What the files say since the script has ended; completes when it was said, or after {@code limit} all the same. */
    Future<Void> last(Duration limit) {
        return folders.isEmpty()
                ? Future.succeededFuture()
                : inTurn(this::ifChanged).timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)
                        .otherwiseEmpty()
                        .mapEmpty();
    }

    private Future<Long> ifChanged(Copied copied) {
        boolean known = series.begun() || copied instanceof Copied.Unchanged(int files) && files == 0;
        boolean nothing = copied instanceof Copied.Refused || copied instanceof Copied.Unchanged && known;
        return Future.succeededFuture(nothing ? 0L : say(series.latest()).number());
    }

    private Future<Long> inTurn(Function<Copied, Future<Long>> then) {
        var mine = turn.compose(_ -> copy()).map(copied -> {
            tell(copied);
            return ended ? Future.<Long>failedFuture(over()) : then.apply(copied);
        });
        turn = mine.otherwiseEmpty().mapEmpty();
        return mine.compose(answer -> answer);
    }

    private static SwarmException over() {
        return new SwarmException(ErrorCode.UNAVAILABLE, "the run is over");
    }

    private Future<Copied> copy() {
        if (folders.isEmpty()) {
            return Future.succeededFuture(new Copied.Unchanged(0));
        }
        return context.owner()
                .executeBlocking(folders::copy, false)
                .transform(copied -> Future.succeededFuture(copied.succeeded()
                        ? Objects.requireNonNull(copied.result())
                        : new Copied.Refused("a defect of the agent: " + copied.cause())));
    }

    /** The same problem is told once. */
    private void tell(Copied copied) {
        var problem = copied instanceof Copied.Refused(String reason) ? reason : "";
        if (!problem.isEmpty()) {
            counts.failedCheckpoint();
        }
        if (!problem.isEmpty() && !problem.equals(lastProblem)) {
            log.accept("no checkpoint was taken: " + problem);
        }
        lastProblem = problem;
    }

    private CheckpointSeries.Saved say(CheckpointData data) {
        var saved = series.next(data);
        out.accept(Frames.checkpoint(step, saved));
        return saved;
    }

    void acknowledged(long number) {
        if (series.acknowledged(number)) {
            counts.checkpoint();
        }
    }

    /** A leader has welcomed the agent: it hears what it has not acknowledged. */
    void sayAgain() {
        open().ifPresent(out);
    }

    /** What the hive-mind has not acknowledged. */
    Optional<AgentFrame> open() {
        return series.open().map(saved -> Frames.checkpoint(step, saved));
    }

    /** The last one in the ledger that this attempt knows of. */
    Optional<CheckpointSeries.Saved> durable() {
        return series.durable();
    }

    /** The step is over: takes none any more, and nobody waits for one. */
    void end(SwarmException reason) {
        ended = true;
        context.owner().cancelTimer(timer);
        series.fail(reason);
    }
}
