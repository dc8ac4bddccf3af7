package io.claudeflow.swarm.hivemind.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Many seeds of a swarm in trouble: exactly one result for each task and none from a fenced attempt, no acknowledged submission
 * lost, replicas equal byte for byte, all along; and once the trouble is over, everything comes to its end. A build plays the same
 * thousand each time, so that it says the same of the same code; {@code -Dsim.runs=N} draws other ones and prints the first,
 * {@code -Dsim.seed=N} replays one, without counting faults.
 */
class WorkSim {
    private static final @Nullable Long GIVEN = Long.getLong("sim.seed");
    private static final @Nullable Integer WANTED = Integer.getInteger("sim.runs");
    private static final int RUNS = GIVEN != null ? 1 : WANTED != null ? WANTED : 1_000;
    private static final long FIRST = GIVEN != null
            ? GIVEN
            : WANTED != null ? ThreadLocalRandom.current().nextLong(1_000_000_000_000L) : 1;
    /** Each kind of fault comes to pass in so many of a thousand seeds, or more. */
    private static final int ENOUGH = 300;
    /** A planted bug shows within so many seeds. */
    private static final int SOON = 100;

    @Test
    void oneResultForEachTaskWhateverHappens() {
        long begin = System.nanoTime();
        var total = new Tally();
        var failures = new ConcurrentSkipListMap<Long, Throwable>();
        // Each seed is on one thread and shares nothing, so it comes to the same beside others and alone.
        LongStream.range(FIRST, FIRST + RUNS).parallel().filter(_ -> failures.isEmpty()).forEach(seed -> {
            try {
                var tally = new History(seed, Planted.NONE).run();
                synchronized (total) {
                    total.addSeed(tally);
                }
            } catch (Violation | RuntimeException e) {
                failures.put(seed, e);
            }
        });
        System.out.printf("%d seeds from %d in %d ms: %s%n", RUNS, FIRST, (System.nanoTime() - begin) / 1_000_000,
                total);
        var first = failures.firstEntry();
        if (first != null) {
            throw new AssertionError("seed " + first.getKey() + ": " + first.getValue().getMessage()
                    + "\nReplay: mvn -Dquick -pl qa/checks,hivemind-service -am test -Dtest=WorkSim"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dsim.seed=" + first.getKey(), first.getValue());
        }
        assertTrue(total.operations() >= RUNS * History.OPERATIONS, "too few operations: " + total);
        var rare = Arrays.stream(Fault.values())
                .filter(fault -> total.of(fault) * 1_000L < (long) ENOUGH * RUNS)
                .toList();
        assertEquals(List.of(), GIVEN == null ? rare : List.of(), () -> "these occurred in too few seeds: " + total);
    }

    @Test
    void aSeedComesToTheSameAgain() {
        var one = new History(FIRST, Planted.NONE);
        var other = new History(FIRST, Planted.NONE);
        one.run();
        other.run();
        assertEquals(one.fingerprint(), other.fingerprint());
    }

    @Test
    void aResultAcceptedWithoutItsFenceIsFound() {
        assertFound(Planted.RESULT_WITHOUT_FENCE);
    }

    @Test
    void aSnapshotWithoutTheAssignmentsIsFound() {
        assertFound(Planted.SNAPSHOT_WITHOUT_ASSIGNMENTS);
    }

    @Test
    void aCheckpointAcceptedWithoutItsFenceIsFound() {
        assertFound(Planted.CHECKPOINT_WITHOUT_FENCE);
    }

    @Test
    void anOlderWordThatOverridesANewerOneIsFound() {
        assertFound(Planted.UPDATES_IN_ANY_ORDER);
    }

    @Test
    void aConditionThatDoesNotCountIsFound() {
        assertFound(Planted.CONDITION_IGNORED);
    }

    @Test
    void aSubmissionThatMakesASecondTaskIsFound() {
        assertFound(Planted.SECOND_TASK);
    }

    private static void assertFound(Planted planted) {
        Throwable found = null;
        long seed = FIRST;
        for (; found == null && seed < FIRST + SOON; seed++) {
            try {
                new History(seed, planted).run();
            } catch (Violation | RuntimeException e) {
                found = e;
            }
        }
        assertNotNull(found, () -> planted + " was not found within " + SOON + " seeds from " + FIRST);
        assertInstanceOf(Violation.class, found);
        var message = String.valueOf(found.getMessage());
        System.out.printf("%s found by seed number %d from %d: %s%n", planted, seed - FIRST, FIRST,
                message.substring(0, Math.min(120, message.length())));
    }
}
