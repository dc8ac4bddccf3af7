package io.claudeflow.swarm.operator.mesh;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the end of the swarm has come so far that what is not done is given up. Any thread. */
public final class DrainState {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Inward.Listener listener;

    public DrainState(Inward.Listener listener) {
        this.listener = listener;
    }

    public boolean over() {
        return over.get();
    }

    /** From now on tasks and agents are released. */
    public void end() {
        if (over.compareAndSet(false, true)) {
            listener.heard(Inward.DRAIN_OVER);
        }
    }
}
