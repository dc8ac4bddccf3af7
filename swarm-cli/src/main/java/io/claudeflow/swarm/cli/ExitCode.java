package io.claudeflow.swarm.cli;

import io.claudeflow.swarm.kit.error.ErrorCode;

/** What the process exits with; part of the command line's contract, documented in every help page. */
public final class ExitCode {
    public static final int OK = 0;
    /** It was tried and failed. */
    public static final int FAILED = 1;
    /** The command line or a file is wrong: change it. */
    public static final int USAGE = 2;
    /** No API server answers: usually the local swarm is not running. */
    public static final int NOT_RUNNING = 3;
    /** What was named does not exist. */
    public static final int NOT_FOUND = 4;
    /** What was waited for did not come in time. */
    public static final int TIMED_OUT = 5;
    /** A task ran into its own timeout, as timeout(1) has it. */
    public static final int TASK_TIMED_OUT = 124;
    /** Ended by Ctrl-C; the JVM itself exits with it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The exit code of a failure. */
    public static int of(ErrorCode code) {
        if (code.equals(ErrorCode.INVALID)) {
            return USAGE;
        }
        if (code.equals(ErrorCode.UNAVAILABLE)) {
            return NOT_RUNNING;
        }
        if (code.equals(ErrorCode.NOT_FOUND)) {
            return NOT_FOUND;
        }
        return code.equals(ErrorCode.INDETERMINATE) ? TIMED_OUT : FAILED;
    }
}
