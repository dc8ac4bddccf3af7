package io.claudeflow.swarm.kit.trace;

/** A piece of work with a begin and an end. Ended once, by {@link #end} or {@link #fail}; any thread. */
public interface Span {
    /** What calls made by this work carry. */
    TraceContext context();

    void end();

    /** Ends with an error, said in a sentence. */
    void fail(String reason);
}
