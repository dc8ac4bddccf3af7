package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.port.GroupDoor;
import io.claudeflow.swarm.hivemind.port.GroupDoor.Answer;
import io.claudeflow.swarm.hivemind.port.GroupDoor.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica with a new volume asks until it is a voter: one replica after the other until one says who leads, then the leader, about
 * twice a second. The log is opened only when the leader says so: until then the former volume's peer, at the same address, may
 * still be a voter, and must not seem to answer. A process that is killed on the way begins here again, under the same peer id. On the
 * hive-mind's context.
 */
final class Joining {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
    /** Replicas that are asked while nobody has named a leader: more than a hive-mind can have. */
    private static final int ORDINALS = 8;
    private static final long PAUSE = 300;

    private final Vertx vertx;
    private final GroupDoor door;
    private final Request identity;
    private final Supplier<Future<Void>> opens;
    private final Supplier<Future<Void>> joins;
    private int candidate;
    private boolean opened;
    private boolean ended;
    private String told = "";

    /**
     * A replica that joins.
     *
     * @param opens opens the log without members, to be filled
     * @param joins writes down that it is a member
     */
    Joining(Vertx vertx, GroupDoor door, Request identity, Supplier<Future<Void>> opens,
            Supplier<Future<Void>> joins) {
        this.vertx = vertx;
        this.door = door;
        this.identity = identity;
        this.opens = opens;
        this.joins = joins;
        candidate = identity.ordinal() == 0 ? 1 : 0;
    }

    void ask() {
        if (ended) {
            return;
        }
        var request = new Request(identity.ordinal(), identity.peerId(), identity.address(), opened);
        // An address that is not known yet may be thrown.
        Future.succeededFuture()
                .compose(_ -> door.ask(candidate, request))
                .compose(this::answered)
                .onComplete(done -> {
                    if (done.failed()) {
                        say(String.valueOf(done.cause().getMessage()));
                        another();
                    }
                    if (!ended) {
                        vertx.setTimer(ThreadLocalRandom.current().nextLong(PAUSE / 2, PAUSE * 2), _ -> ask());
                    }
                });
    }

    private Future<Void> answered(Answer answer) {
        return switch (answer) {
            case Answer.Ask(var leader) -> {
                if (leader >= 0 && leader != identity.ordinal()) {
                    candidate = leader;
                } else {
                    another();
                }
                yield Future.succeededFuture();
            }
            case Answer.Wait(var reason) -> {
                say(reason);
                yield Future.succeededFuture();
            }
            case Answer.Open() -> open();
            case Answer.Member() -> open().compose(_ -> joins.get()).onSuccess(_ -> {
                ended = true;
                LOG.atInfo().addKeyValue("peer", identity.peerId()).log("this replica is a voter");
            });
        };
    }

    private Future<Void> open() {
        if (opened) {
            return Future.succeededFuture();
        }
        return opens.get().onSuccess(_ -> opened = true);
    }

    private void another() {
        do {
            candidate = (candidate + 1) % ORDINALS;
        } while (candidate == identity.ordinal());
    }

    private void say(String reason) {
        if (!reason.equals(told)) {
            told = reason;
            LOG.atInfo().addKeyValue("replica", candidate).addKeyValue("reason", reason).log("waiting to join");
        }
    }

    void end() {
        ended = true;
    }
}
