package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How large a container's Java heap is: 70 % of its memory limit, which also holds all else of the JVM, else what it requests. */
final class Heap {
    private static final String MEMORY = "memory";
    private static final long LEAST = 16L << 20;

    private Heap() {}

    /** In bytes; 0 when the container asks for nothing. */
    static long bytes(@Nullable ResourceRequirements resources) {
        if (resources == null) {
            return 0;
        }
        long limit = bytes(resources.getLimits());
        long request = bytes(resources.getRequests());
        long heap = limit > 0 ? limit * 7 / 10 : request;
        return heap == 0 ? 0 : Math.max(LEAST, heap);
    }

    private static long bytes(@Nullable Map<String, Quantity> amounts) {
        var memory = amounts == null ? null : amounts.get(MEMORY);
        return memory == null ? 0 : memory.getNumericalAmount().longValue();
    }
}
