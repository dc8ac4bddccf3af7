package io.claudeflow.swarm.agent.session;

import io.claudeflow.swarm.agent.door.Submission;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import io.claudeflow.swarm.mesh.agent.v1.TaskSubmitted;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The tasks that a step has handed in and that wait for their answer, at most {@value #MOST}. One context. */
final class Submissions {
    static final int MOST = 64;
    static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int NAME = 48;

    private final Context context;
    private final Step step;
    private final String task;
    private final Consumer<AgentFrame> out;
    private final SessionCounts counts;
    private final Duration deadline;
    private final Map<Long, Open> open = new LinkedHashMap<>();
    private long number;

    private record Open(AgentFrame frame, Promise<String> uid, long timer) {}

    Submissions(Context context, Step step, String task, Consumer<AgentFrame> out, SessionCounts counts,
            Duration deadline) {
        this.context = context;
        this.step = step;
        this.task = task;
        this.out = out;
        this.counts = counts;
        this.deadline = deadline;
    }

    Future<String> submit(Submission submission) {
        if (open.size() >= MOST) {
            return Future.failedFuture(new SwarmException(ErrorCode.EXHAUSTED,
                    MOST + " submitted tasks of this step wait for their answer; wait for some of them"));
        }
        number++;
        long mine = number;
        var name = submission.name().isEmpty() ? name(mine) : submission.name();
        var frame = Frames.submit(step, mine, name, submission);
        Promise<String> uid = Promise.promise();
        long timer = context.owner().setTimer(deadline.toMillis(), _ -> {
            open.remove(mine);
            uid.tryFail(new SwarmException(ErrorCode.INDETERMINATE, "no answer within "
                    + deadline.toMillis() + " ms: the task " + name + " may or may not have been taken"));
        });
        open.put(mine, new Open(frame, uid, timer));
        out.accept(frame);
        return uid.future();
    }

    /** A name that no other submission has: the task's own, cut, with attempt and number. */
    private String name(long mine) {
        return task.substring(0, Math.min(NAME, task.length())) + "-" + step.getAttempt() + "-" + mine;
    }

    void answered(TaskSubmitted answer) {
        var waiting = open.remove(answer.getNumber());
        if (waiting == null) {
            return;
        }
        context.owner().cancelTimer(waiting.timer());
        if (!answer.getTaskUid().isEmpty()) {
            counts.submission();
            waiting.uid().tryComplete(answer.getTaskUid());
        } else {
            waiting.uid().tryFail(new SwarmException(Frames.code(answer.getCode()), answer.getMessage()));
        }
    }

    /** A leader has welcomed the agent: it hears what is not answered. */
    void sayAgain() {
        open.values().forEach(waiting -> out.accept(waiting.frame()));
    }

    /** The step is over, and nobody waits any more. */
    void end(SwarmException reason) {
        var left = List.copyOf(open.values());
        open.clear();
        left.forEach(waiting -> {
            context.owner().cancelTimer(waiting.timer());
            waiting.uid().tryFail(reason);
        });
    }
}
