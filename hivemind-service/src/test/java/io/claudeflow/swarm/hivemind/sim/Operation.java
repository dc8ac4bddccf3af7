package io.claudeflow.swarm.hivemind.sim;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is done to a swarm while it works: its weight among the others, and the deed, which says whether it was possible. */
enum Operation {
    APPLY(22, Work::apply), SUBMIT(7, Work::submit), SUBMIT_AT_DOOR(7, Work::submitAtDoor), CANCEL(5,
            swarm -> swarm.operator.cancelAny(false)), DELETE(3,
                    swarm -> swarm.operator.cancelAny(true)), CANCEL_BY_CLIENT(3,
                            swarm -> swarm.submitter.cancelAny()), UPDATE(14,
                                    swarm -> swarm.operator.updateAny()), SNAPSHOT(5,
                                            Work::snapshot), CANCEL_AT_DOOR(2,
                                                    swarm -> swarm.time.any(swarm.clients).cancelAny()), ARRANGE(2,
                                                            swarm -> swarm.operator.arrange()), HARM_JOB(3,
                                                                    JobTrouble::harm),

    CRASH(3, ReplicaTrouble::crash), PAUSE(2, ReplicaTrouble::pause), ISOLATE(2, ReplicaTrouble::isolate), DEAFEN(2,
            ReplicaTrouble::deafen), HAND_OVER(2,
                    ReplicaTrouble::handOver), JUMP(2, ReplicaTrouble::jump), FILL(1, ReplicaTrouble::fill),

    KILL_AGENT(2, AgentTrouble::kill), FREEZE_AGENT(2, AgentTrouble::freeze), CUT_AGENT(3,
            AgentTrouble::cut), LOSE_STREAM(3,
                    AgentTrouble::loseStream), STOP_AGENT(1, AgentTrouble::stop), REPLACE_POD(1, AgentTrouble::replace),

    CUT_CALLER(2, CallerTrouble::cut), LOSE_CLIENT(3, CallerTrouble::loseClient), RESTART_OPERATOR(1,
            CallerTrouble::restart), SLOW(2,
                    CallerTrouble::slow), DOUBLE(1, CallerTrouble::duplicate);

    private static final List<Operation> DRAWN = Stream.of(values())
            .flatMap(one -> Stream.generate(() -> one).limit(one.weight))
            .toList();

    private final int weight;
    private final Predicate<Swarm> deed;

    Operation(int weight, Predicate<Swarm> deed) {
        this.weight = weight;
        this.deed = deed;
    }

    /** Does one thing, whichever comes up and is possible now. */
    static Operation any(Swarm swarm) {
        while (true) {
            var drawn = swarm.time.any(DRAWN);
            if (drawn.deed.test(swarm)) {
                return drawn;
            }
        }
    }
}
