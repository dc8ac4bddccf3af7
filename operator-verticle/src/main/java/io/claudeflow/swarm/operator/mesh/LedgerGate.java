package io.claudeflow.swarm.operator.mesh;

/** Whether the ledger has been told of the whole, so that messages about single agents and tasks may follow. Any thread. */
public final class LedgerGate {
    private volatile boolean open;

    public boolean open() {
        return open;
    }

    void set(boolean now) {
        open = now;
    }
}
