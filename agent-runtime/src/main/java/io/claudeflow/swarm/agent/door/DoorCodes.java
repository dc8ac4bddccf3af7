package io.claudeflow.swarm.agent.door;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.ErrorCode.Blame;

/** The codes of problems that only the door has. */
public final class DoorCodes {
    /** Another attempt has taken the run's place; what it says counts no more. */
    public static final ErrorCode FENCED = new ErrorCode("Fenced", Blame.USER);
    public static final ErrorCode METHOD_NOT_ALLOWED = new ErrorCode("MethodNotAllowed", Blame.USER);
    public static final ErrorCode TOO_LARGE = new ErrorCode("TooLarge", Blame.USER);

    private DoorCodes() {}
}
