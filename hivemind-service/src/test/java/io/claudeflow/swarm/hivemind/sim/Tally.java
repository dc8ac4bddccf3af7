package io.claudeflow.swarm.hivemind.sim;

import java.util.EnumMap;
import java.util.Map;

/** What has happened in one history, or in many. */
final class Tally {
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final Map<Operation, Integer> operations = new EnumMap<>(Operation.class);

    void count(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    void count(Operation operation) {
        operations.merge(operation, 1, Integer::sum);
    }

    /** Counts each kind of another history's faults once, and all its operations. */
    void addSeed(Tally other) {
        other.faults.keySet().forEach(this::count);
        other.operations.forEach((operation, times) -> operations.merge(operation, times, Integer::sum));
    }

    int of(Fault fault) {
        return faults.getOrDefault(fault, 0);
    }

    int operations() {
        return operations.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return "faults " + faults + ", operations " + operations;
    }
}
