package io.claudeflow.swarm.agent.door;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who may speak: the runs of this agent, each by a random token of 256 bits, as long as they run. One thread. */
public final class Doorkeeper {
    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, ScriptCalls> runs = new HashMap<>();

    /** A token with which that run may speak from now on. */
    public String admit(ScriptCalls run) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        runs.put(token, run);
        return token;
    }

    public Optional<ScriptCalls> find(String token) {
        return Optional.ofNullable(runs.get(token));
    }

    /** The run is over. */
    public void dismiss(String token) {
        runs.remove(token);
    }
}
