package io.claudeflow.swarm.hivemind.sim;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindReply;
import io.claudeflow.swarm.mesh.hivemind.SwarmState;
import io.vertx.core.AsyncResult;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A member of the bus that asks the leader: an attempt has a deadline, and the same request is sent again, to whoever leads by
 * then, until it is answered. Late answers are not heard.
 */
final class Caller {
    private static final int PAUSE = 150;

    private final Swarm swarm;
    private final Host host;
    /** Whether requests to one replica keep their order, as on the bus' connections; else each finds its own way. */
    private final boolean ordered;
    private final Map<Integer, Connection> connections = new HashMap<>();
    private int believed = -1;
    private long term = -1;

    private static final class Request {
        final HivemindCommand command;
        final long deadline;
        final Consumer<HivemindReply> then;
        /** The process that asks; another one of the same host hears no answer. */
        final int life;
        int attempt;
        boolean done;

        Request(int life, HivemindCommand command, long deadline, Consumer<HivemindReply> then) {
            this.life = life;
            this.command = command;
            this.deadline = deadline;
            this.then = then;
        }
    }

    Caller(Swarm swarm, Host host, boolean ordered) {
        this.swarm = swarm;
        this.host = host;
        this.ordered = ordered;
    }

    /** The leader has published how the swarm stands. */
    void heard(SwarmState state) {
        if (state.term() > term) {
            term = state.term();
            believed = state.leader();
        }
    }

    /** Asks until it is answered, with so many milliseconds for one attempt; {@code then} hears the answer, once. */
    void ask(HivemindCommand command, long deadline, Consumer<HivemindReply> then) {
        attempt(new Request(host.life(), command, deadline, then));
    }

    private void attempt(Request request) {
        int attempt = ++request.attempt;
        int target = believed >= 0 ? believed : swarm.time.below(Swarm.REPLICAS);
        var replica = swarm.replica(target);
        transmit(replica, () -> replica.coordinator()
                .handle(request.command)
                .onComplete(answer -> swarm.network.datagram(replica.host, host,
                        () -> answered(request, attempt, answer))));
        host.after(request.deadline, () -> {
            if (!request.done && request.attempt == attempt) {
                swarm.tally.count(Fault.RETRIED_REQUEST);
                // Whoever does not answer may lead no more.
                believed = -1;
                attempt(request);
            }
        });
    }

    private void transmit(Replica replica, Runnable action) {
        if (!ordered) {
            swarm.network.datagram(host, replica.host, action);
            return;
        }
        var known = connections.get(replica.ordinal);
        if (known == null || !known.client.open()) {
            known = new Connection(swarm.network, host, replica.host);
            connections.put(replica.ordinal, known);
        }
        known.client.send(action);
    }

    private void answered(Request request, int attempt, AsyncResult<HivemindReply> answer) {
        if (request.done || request.attempt != attempt || request.life != host.life()) {
            return;
        }
        if (answer.succeeded() && answer.result() instanceof HivemindReply.NotLeader(int leader)) {
            believed = leader;
            again(request);
        } else if (answer.succeeded()) {
            request.done = true;
            request.then.accept(answer.result());
        } else if (answer.cause() instanceof SwarmException failure && failure.code() != ErrorCode.INVALID) {
            again(request);
        } else {
            throw new Violation(request.command + " was refused: " + answer.cause());
        }
    }

    private void again(Request request) {
        request.attempt++;
        host.after(swarm.time.between(10, PAUSE), () -> attempt(request));
    }
}
