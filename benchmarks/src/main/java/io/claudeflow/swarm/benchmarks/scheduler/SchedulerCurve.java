package io.claudeflow.swarm.benchmarks.scheduler;

import io.claudeflow.swarm.hivemind.scheduler.Placement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds of one decision in a steady state: as many steps wait and as many agents are free after it as before. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseSerialGC"})
public class SchedulerCurve {
    /** Over agents and what waits. */
    @State(Scope.Thread)
    public static class Load {
        @Param({"10", "100", "1000", "10000"})
        int agents;
        @Param({"100", "1000", "10000", "100000"})
        int queued;
        @Param({"PLAIN", "WISHES", "NAMED", "SUBMITTERS"})
        String tasks = "";
        @Nullable
        Swarm swarm;

        @Setup(Level.Trial)
        public void fill() {
            swarm = new Swarm(Swarm.Tasks.valueOf(tasks), agents, queued);
        }
    }

    /** Over the number of different requirements. */
    @State(Scope.Thread)
    public static class Wishes {
        @Param({"1000"})
        int agents;
        @Param({"1", "4", "16", "64", "256", "1024"})
        int wishes;
        @Nullable
        Swarm swarm;

        @Setup(Level.Trial)
        public void fill() {
            swarm = new Swarm(Swarm.Tasks.WISHES, agents, 10_000, wishes);
        }
    }

    /** Over agents, of which one comes and goes. */
    @State(Scope.Thread)
    public static class Coming {
        @Param({"10", "100", "1000", "10000"})
        int agents;
        @Param({"PLAIN", "WISHES", "NAMED"})
        String tasks = "";
        @Nullable
        Swarm swarm;

        @Setup(Level.Trial)
        public void fill() {
            swarm = new Swarm(Swarm.Tasks.valueOf(tasks), agents, 10_000);
        }
    }

    /** Places a waiting step on a free agent, leaves that place again and queues another step. */
    @Benchmark
    public Placement decide(Load load) {
        return Objects.requireNonNull(load.swarm).decide();
    }

    /** The same, with more and more different requirements. */
    @Benchmark
    public Placement decideAmongWishes(Wishes load) {
        return Objects.requireNonNull(load.swarm).decide();
    }

    /** An agent leaves and comes back. */
    @Benchmark
    public void leaveAndJoin(Coming load) {
        var swarm = Objects.requireNonNull(load.swarm);
        swarm.leave(0);
        swarm.join(0);
    }
}
