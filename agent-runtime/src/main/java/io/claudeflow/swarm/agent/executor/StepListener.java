package io.claudeflow.swarm.agent.executor;

import java.util.List;

/** Hears a step while it runs. Called on the executor's threads, possibly several at a time; returns at once. */
public interface StepListener {
    /** Lines of output, without their ends, in the order in which one stream wrote them. */
    void lines(List<String> lines);

    /** @param percent 0 to 100, or -1: unknown */
    void progress(int percent, String message);
}
