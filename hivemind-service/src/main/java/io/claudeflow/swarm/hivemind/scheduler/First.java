package io.claudeflow.swarm.hivemind.scheduler;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The first of an order says where the order itself stands in another one. */
final class First {
    private First() {}

    /** Null: the order is empty. */
    static <T> @Nullable T of(TreeSet<T> order) {
        return order.isEmpty() ? null : order.first();
    }

    /** Whether the order's first comes before that one, which may come or go and changes nothing then. */
    static <T> boolean before(TreeSet<T> order, T one) {
        return !order.isEmpty() && order.comparator().compare(order.first(), one) < 0;
    }
}
