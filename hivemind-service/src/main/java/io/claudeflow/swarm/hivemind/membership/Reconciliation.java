package io.claudeflow.swarm.hivemind.membership;

import io.claudeflow.swarm.hivemind.ledger.Membership;
import io.claudeflow.swarm.hivemind.port.Group;
import io.claudeflow.swarm.hivemind.port.GroupDoor.Answer;
import io.claudeflow.swarm.hivemind.port.GroupDoor.Request;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One leader's work on the group's voters. What is wanted stands in the ledger and who asks says so again and again, so a new
 * leader goes on where the old one was without having been told.
 *
 * <ul>
 * <li>A joiner that cannot be reached: the step fails after three seconds, nothing has changed, and it is tried again while the
 * joiner asks; five seconds after it last asked it is forgotten.
 * <li>The leader changes in the middle: Raft finishes or forgets the change; the next leader looks at the voters that are.
 * <li>A quorum is lost in the middle: nothing is committed, the leader steps down; as soon as a quorum is back its leader goes on.
 * Between 1 and 3 voters there are 2 for a moment, and both are needed then.
 * <li>3 to 1, 5 to 3 to 1: the highest ordinal goes first, one at a time; leadership goes to a lower ordinal before.
 * <li>A voter that was taken out and comes back with its old volume: nobody votes for it, and Raft tells it to close itself.
 * </ul>
 */
public final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    /** Whoever has not asked for so long does not ask any more, in milliseconds. */
    private static final long FORGOTTEN = 5_000;
    private static final long EVERY = 100;
    private static final long AGAIN = 500;

    private final Group group;
    private final Supplier<@Nullable Membership> wanted;
    private final Map<Integer, Asked> asked = new HashMap<>();
    private boolean acting;
    private boolean ended;
    private long next;

    private record Asked(Group.Peer peer, boolean open, long at) {}

    /** @param wanted what the ledger says */
    public Reconciliation(Group group, Supplier<@Nullable Membership> wanted) {
        this.group = group;
        this.wanted = wanted;
    }

    /** Answers who asks to be taken in, and remembers that it asked. */
    public Answer join(Request request, long now) {
        var members = group.members();
        if (members == null) {
            return new Answer.Wait("the members of the group are being changed");
        }
        var voter = members.voters().stream().filter(peer -> peer.ordinal() == request.ordinal()).findFirst();
        if (voter.isPresent() && voter.get().id().equals(request.peerId())) {
            asked.remove(request.ordinal());
            return new Answer.Member();
        }
        var membership = wanted.get();
        if (membership == null && voter.isEmpty()) {
            return new Answer.Wait("nobody has said yet how many replicas there are to be");
        }
        if (membership != null && request.ordinal() >= membership.replicas()) {
            asked.remove(request.ordinal());
            return new Answer.Wait("replica " + request.ordinal() + " is not wanted: there are to be "
                    + membership.replicas() + " replicas");
        }
        var peer = new Group.Peer(request.peerId(), request.ordinal(), request.address());
        asked.put(request.ordinal(), new Asked(peer, request.open(), now));
        return voter.isPresent()
                ? new Answer.Wait("the replica's former volume, " + voter.get().id() + ", has to be taken out first")
                : new Answer.Open();
    }

    /** Time passes: takes the next step, unless one is under way. */
    public void tick(long now) {
        if (ended || acting || now < next) {
            return;
        }
        next = now + EVERY;
        var members = group.members();
        if (members == null) {
            return;
        }
        asked.values().removeIf(one -> now - one.at > FORGOTTEN);
        var membership = wanted.get();
        var asking = asked.values()
                .stream()
                .map(Asked::peer)
                .collect(
                        Collectors.toMap(Group.Peer::ordinal, Function.identity()));
        var open = asked.values().stream().filter(Asked::open).map(Asked::peer).toList();
        switch (Plan.next(members, membership == null ? null : membership.replicas(), asking, open)) {
            case Plan.Step.Rest() -> {
                // Nothing to do now.
            }
            case Plan.Step.Change(var after) -> {
                LOG.atInfo().addKeyValue("from", members.voters()).addKeyValue("to", after).log("voters change");
                act(group.change(members, after), now);
            }
            case Plan.Step.HandOver(var to) -> {
                LOG.atInfo().addKeyValue("to", to).log("leadership is handed over");
                act(group.handOver(to), now);
            }
        }
    }

    private void act(Future<Void> step, long now) {
        acting = true;
        step.onComplete(done -> {
            acting = false;
            if (done.failed()) {
                next = now + AGAIN;
                LOG.atWarn().setCause(done.cause()).log("the members of the group could not be changed; trying again");
            }
        });
    }

    /** The leadership is over. */
    public void end() {
        ended = true;
    }
}
