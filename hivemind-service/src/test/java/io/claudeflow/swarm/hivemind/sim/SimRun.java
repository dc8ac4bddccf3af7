package io.claudeflow.swarm.hivemind.sim;

import com.google.protobuf.ByteString;
import io.claudeflow.swarm.mesh.agent.v1.AgentFrame;
import io.claudeflow.swarm.mesh.agent.v1.Assign;
import io.claudeflow.swarm.mesh.agent.v1.Checkpoint;
import io.claudeflow.swarm.mesh.agent.v1.Outcome;
import io.claudeflow.swarm.mesh.agent.v1.Progress;
import io.claudeflow.swarm.mesh.agent.v1.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a step: how long it takes, how it ends, and the numbered checkpoints that it takes on the way. */
final class SimRun {
    private static final int LONGEST = 3_000;
    private static final int MOST_CHECKPOINTS = 4;

    final boolean fenceKills;
    private final Step step;
    private final String agentUid;
    private final Consumer<AgentFrame> out;
    private long number;
    private long percent;
    /** The last checkpoint while the hive-mind has not acknowledged it. */
    private @Nullable Checkpoint open;
    private boolean over;

    /** @param out takes what it says while it runs */
    SimRun(Assign assign, String agentUid, Consumer<AgentFrame> out) {
        this.step = assign.getStep();
        this.agentUid = agentUid;
        this.out = out;
        fenceKills = assign.getFenceKills();
        number = assign.getCheckpointNumber();
    }

    /** Runs in that process; {@code then} hears how it ends, unless it is over before. */
    void start(Timeline time, Host host, long timeout, Consumer<Outcome> then) {
        long needs = time.between(5, LONGEST);
        if (!time.oneIn(3)) {
            int times = time.between(1, MOST_CHECKPOINTS);
            for (int n = 1; n <= times; n++) {
                boolean saves = !time.oneIn(4);
                host.after(needs * n / (times + 1), () -> progress(saves));
            }
        }
        var outcome = time.oneIn(10) ? Outcome.FAILED : Outcome.SUCCEEDED;
        boolean late = timeout > 0 && needs > timeout;
        host.after(late ? timeout : needs, () -> {
            if (!over) {
                then.accept(late ? Outcome.TIMED_OUT : outcome);
            }
        });
    }

    private void progress(boolean saves) {
        if (over) {
            return;
        }
        percent++;
        out.accept(AgentFrame.newBuilder()
                .setProgress(Progress.newBuilder().setStep(step).setNumber(percent).setPercent((int) percent))
                .build());
        if (saves) {
            open = Checkpoint.newBuilder()
                    .setStep(step)
                    .setNumber(++number)
                    .setData(ByteString.copyFromUtf8(checkpoint()))
                    .build();
            sayAgain();
        }
    }

    /** What this run keeps: nobody else's looks the same. */
    String checkpoint() {
        return Witness.mark(step.getTaskUid(), step.getPath(), step.getAttempt(), agentUid);
    }

    /** The checkpoint that the hive-mind has not acknowledged. */
    void sayAgain() {
        words().forEach(out);
    }

    void acknowledged(long saved) {
        if (open != null && open.getNumber() <= saved) {
            open = null;
        }
    }

    /** Ends it; what is still to be said of it. */
    List<AgentFrame> end() {
        over = true;
        return words();
    }

    private List<AgentFrame> words() {
        var words = new ArrayList<AgentFrame>();
        if (open != null) {
            words.add(AgentFrame.newBuilder().setCheckpoint(open).build());
        }
        return words;
    }
}
