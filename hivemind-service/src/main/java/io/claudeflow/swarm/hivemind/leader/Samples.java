package io.claudeflow.swarm.hivemind.leader;

import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What agents say often, brought into the log seldom: that a step began, once, after
 * {@value #SETTLED} ms; how far it is, at most every {@value #PERIOD} ms, the latest word. A step that ends first says nothing of
 * the kind at all.
 */
final class Samples {
    static final long PERIOD = 1_000;
    /** A step that ends sooner costs the log its end alone, also while much is waiting. */
    static final long SETTLED = 200;

    private final Map<StepKey, Sample> samples = new HashMap<>();

    private static final class Sample {
        final String agentUid;
        boolean startPending;
        /** When its start was first seen by {@link #due}. */
        long pendingSince = Long.MAX_VALUE;
        long lastNumber = Long.MIN_VALUE;
        long written = Long.MIN_VALUE / 2;
        @Nullable
        Integer percent;
        String message = "";
        boolean progressPending;

        Sample(String agentUid) {
            this.agentUid = agentUid;
        }
    }

    void started(StepKey step, String agentUid) {
        samples.computeIfAbsent(step, _ -> new Sample(agentUid)).startPending = true;
    }

    void progress(StepKey step, String agentUid, long number, int percent, String message) {
        var sample = samples.computeIfAbsent(step, _ -> new Sample(agentUid));
        if (number > sample.lastNumber) {
            sample.lastNumber = number;
            sample.percent = percent < 0 ? null : Math.min(100, percent);
            sample.message = message;
            sample.progressPending = true;
        }
    }

    /** The attempt is over, or somebody else's. */
    void forget(StepKey step) {
        samples.remove(step);
    }

    /** What is to be written now. */
    List<LedgerCommand> due(long now) {
        var due = new ArrayList<LedgerCommand>();
        samples.forEach((step, sample) -> {
            if (sample.progressPending && now - sample.written >= PERIOD) {
                due.add(new LedgerCommand.StepProgress(step, sample.agentUid, sample.percent, sample.message));
                sample.progressPending = false;
                sample.startPending = false;
                sample.written = now;
            } else if (sample.startPending && sample.pendingSince == Long.MAX_VALUE) {
                sample.pendingSince = now;
            } else if (sample.startPending && now - sample.pendingSince >= SETTLED) {
                due.add(new LedgerCommand.StepStarted(step, sample.agentUid));
                sample.startPending = false;
            }
        });
        return due;
    }
}
