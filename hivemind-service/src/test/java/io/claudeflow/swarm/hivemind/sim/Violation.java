package io.claudeflow.swarm.hivemind.sim;

/** Something that must never be, or that should have come true, is not so. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }
}
