package io.claudeflow.swarm.hivemind.sim;

import org.jspecify.annotations.Nullable;

/** Something that must never be, or that should have come true, is not so. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }

    /** Throws one unless it holds. */
    static void unless(boolean holds, String otherwise, @Nullable Object what) {
        if (!holds) {
            throw new Violation(otherwise + ": " + what);
        }
    }
}
