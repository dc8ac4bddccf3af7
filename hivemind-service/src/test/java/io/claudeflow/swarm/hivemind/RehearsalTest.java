package io.claudeflow.swarm.hivemind;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class RehearsalTest {
    /** It fails where a contract or a token's form has changed and the rehearsal has not. */
    @Test
    void everythingInItStillGoes() {
        assertDoesNotThrow(Rehearsal::hold);
    }
}
