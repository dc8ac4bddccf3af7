package io.claudeflow.swarm.hivemind.sim;

/** Who reaches whom, and how long it takes. */
final class Network {
    /** From this on a message counts as delayed. */
    private static final int LONG = 200;

    final Timeline time;
    private final Tally tally;
    private final boolean[][] cut;
    private final long[][] sent;
    private final long[][] arrived;
    private int slowness;
    private boolean duplicates;

    Network(Timeline time, Tally tally, int hosts) {
        this.time = time;
        this.tally = tally;
        cut = new boolean[hosts][hosts];
        sent = new long[hosts][hosts];
        arrived = new long[hosts][hosts];
    }

    boolean open(Host from, Host to) {
        return !cut[from.id][to.id];
    }

    /** Nothing arrives that way. */
    void cut(Host from, Host to) {
        cut[from.id][to.id] = true;
    }

    void heal(Host from, Host to) {
        cut[from.id][to.id] = false;
    }

    /** Some messages take up to that much longer from now on; 0: none. */
    void slow(int millis) {
        slowness = millis;
    }

    /** Whether some messages arrive twice from now on. */
    void duplicates(boolean some) {
        duplicates = some;
    }

    long delay() {
        int delay = time.between(1, 4);
        if (slowness > 0 && time.oneIn(5)) {
            delay += time.below(slowness);
            if (delay >= LONG) {
                tally.count(Fault.DELAY);
            }
        }
        return delay;
    }

    /** A message on its own: may be lost, come late, twice, or before an earlier one. */
    void datagram(Host from, Host to, Runnable action) {
        long number = ++sent[from.id][to.id];
        carry(from, to, number, action);
        if (duplicates && time.oneIn(5)) {
            tally.count(Fault.DUPLICATE);
            carry(from, to, number, action);
        }
    }

    private void carry(Host from, Host to, long number, Runnable action) {
        time.after(delay(), () -> {
            if (open(from, to)) {
                if (number < arrived[from.id][to.id]) {
                    tally.count(Fault.REORDER);
                }
                arrived[from.id][to.id] = Math.max(number, arrived[from.id][to.id]);
                to.deliver(to.life(), action);
            }
        });
    }
}
