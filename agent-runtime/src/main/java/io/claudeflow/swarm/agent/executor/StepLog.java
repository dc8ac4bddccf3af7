package io.claudeflow.swarm.agent.executor;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step's output in the agent's log, each line as {@code [<task>#<attempt>] line}. Bounded: a line is cut at
 * {@value #LINE} characters, and beyond {@value #RATE} lines a second (after a first {@value #BURST}) lines are counted instead
 * of shown. Lines are written on the agent's context, so that a log appender can tell whose they are.
 */
public final class StepLog {
    static final int LINE = 4_000;
    static final int RATE = 500;
    static final int BURST = 2_000;

    private static final Logger OUTPUT = LoggerFactory.getLogger("io.claudeflow.swarm.agent.task");

    private final Context context;
    private final String task;
    private final int attempt;
    private double allowed = BURST;
    private long refilled = System.nanoTime();
    private long leftOut;

    public StepLog(Context context, String task, int attempt) {
        this.context = context;
        this.task = task;
        this.attempt = attempt;
    }

    /** A line that the agent itself puts into a step's log. */
    public static String said(String sentence) {
        return "(agent) " + sentence;
    }

    /** Writes lines, later, in order. Any thread. */
    public void lines(List<String> lines) {
        var shown = allowed(lines, System.nanoTime());
        if (!shown.isEmpty()) {
            context.runOnContext(_ -> shown.forEach(this::write));
        }
    }

    /** Says how much was left out, if anything was. Any thread; after the last line. */
    public void end() {
        var note = new ArrayList<String>();
        noteLeftOut(note);
        if (!note.isEmpty()) {
            context.runOnContext(_ -> note.forEach(this::write));
        }
    }

    private void write(String line) {
        OUTPUT.atInfo().log("[{}#{}] {}", task, attempt, line);
    }

    private synchronized List<String> allowed(List<String> lines, long now) {
        allowed = Math.min(BURST, allowed + (now - refilled) * (RATE / 1e9));
        refilled = now;
        var shown = new ArrayList<String>(lines.size());
        for (var line : lines) {
            if (allowed >= 1) {
                allowed--;
                noteLeftOut(shown);
                shown.add(line.length() <= LINE ? line : line.substring(0, LINE) + "…");
            } else {
                leftOut++;
            }
        }
        return shown;
    }

    private synchronized void noteLeftOut(List<String> shown) {
        if (leftOut > 0) {
            shown.add("… " + leftOut + " lines left out: at most " + RATE + " a second are shown");
            leftOut = 0;
        }
    }
}
