package io.claudeflow.swarm.hivemind.membership;

import io.claudeflow.swarm.hivemind.port.Group.Members;
import io.claudeflow.swarm.hivemind.port.Group.Peer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The next step from the voters that are to those that are wanted; a pure function. One voter at a time comes or goes, since Ratis
 * refuses as many new peers as old ones in one step (1 to 3 is 1, 2, 3), and no voter goes unless those that stay have a quorum
 * that answers.
 */
final class Plan {
    private Plan() {}

    /** What to do. */
    sealed interface Step {
        /** Nothing, or nothing now. */
        record Rest() implements Step {}

        record Change(List<Peer> after) implements Step {
            public Change {
                after = List.copyOf(after);
            }
        }

        record HandOver(Peer to) implements Step {}
    }

    /**
     * The next step: first voters whose volume is lost go, then new ones come, lowest ordinal first, then those that are too many
     * go, highest ordinal first. The leader never takes itself out: it makes the lowest ordinal that answers the leader.
     *
     * @param replicas how many are wanted; null: nobody has said, so nobody is too many
     * @param asking   who asks to be taken in, by ordinal; one that is a voter's ordinal under another id says that the voter's
     *                 volume is lost
     * @param open     those of them that can be filled now
     */
    static Step next(Members now, @Nullable Integer replicas, Map<Integer, Peer> asking, Collection<Peer> open) {
        for (var voter : now.voters()) {
            var heir = asking.get(voter.ordinal());
            if (heir != null && !heir.id().equals(voter.id()) && !voter.id().equals(now.self())) {
                return without(now, voter);
            }
        }
        var next = open.stream()
                .filter(peer -> replicas == null || peer.ordinal() < replicas)
                .filter(peer -> now.voters().stream().noneMatch(voter -> voter.ordinal() == peer.ordinal()))
                .min(Comparator.comparingInt(Peer::ordinal));
        if (next.isPresent()) {
            var after = new ArrayList<>(now.voters());
            after.add(next.get());
            return new Step.Change(after);
        }
        return replicas == null ? new Step.Rest() : shrink(now, replicas);
    }

    private static Step shrink(Members now, int replicas) {
        Predicate<Peer> self = voter -> voter.id().equals(now.self());
        var surplus = now.voters().stream().filter(voter -> voter.ordinal() >= replicas).toList();
        if (surplus.isEmpty()) {
            return new Step.Rest();
        }
        if (surplus.stream().anyMatch(self)) {
            return now.voters()
                    .stream()
                    .filter(voter -> voter.ordinal() < replicas && now.alive().contains(voter.id()))
                    .findFirst()
                    .<Step>map(Step.HandOver::new)
                    .orElseGet(Step.Rest::new);
        }
        return without(now, surplus.getLast());
    }

    private static Step without(Members now, Peer gone) {
        var rest = now.voters().stream().filter(voter -> !voter.id().equals(gone.id())).toList();
        long alive = rest.stream().filter(voter -> now.alive().contains(voter.id())).count();
        return alive > rest.size() / 2 ? new Step.Change(rest) : new Step.Rest();
    }
}
