package io.claudeflow.swarm.local.api.cel;

import java.util.Set;

/** Rules that are not compiled yet stand in a request's way: compile them and try the request again. Nothing was done. */
public final class CelPending extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> expressions;

    CelPending(Set<String> expressions) {
        super("rules are being compiled", null, false, false);
        this.expressions = Set.copyOf(expressions);
    }

    public Set<String> expressions() {
        return expressions;
    }
}
