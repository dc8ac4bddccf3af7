package io.claudeflow.swarm.hivemind.ledger;

/**
 * How many retries the swarm has left: when everything fails at once, retries must not become most of its work. Ten a second and
 * one for every five submissions, at most a hundred in stock; a retry that finds none waits its longest backoff instead of its
 * turn. Never fails a task.
 *
 * @param stock thousandths of a retry
 * @param time  logged milliseconds up to which the stock was filled
 */
public record RetryBudget(long stock, long time) {
    private static final long ONE = 1_000;
    private static final long MOST = 100 * ONE;
    private static final long PER_SUBMISSION = ONE / 5;
    /** Thousandths per logged millisecond. */
    private static final long PER_MILLI = 10;

    public static final RetryBudget FULL = new RetryBudget(MOST, 0);

    RetryBudget at(long now) {
        long passed = Math.min(MOST, Math.max(0, now - time));
        return new RetryBudget(Math.min(MOST, stock + passed * PER_MILLI), Math.max(time, now));
    }

    RetryBudget submitted() {
        return new RetryBudget(Math.min(MOST, stock + PER_SUBMISSION), time);
    }

    boolean allows() {
        return stock >= ONE;
    }

    RetryBudget retried() {
        return new RetryBudget(stock - ONE, time);
    }
}
