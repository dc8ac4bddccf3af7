package io.claudeflow.swarm.hivemind.port;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Raft group as its leader can change it. Call on the hive-mind's context. */
public interface Group {
    /**
     * A voter.
     *
     * @param id      unique for ever: a lost volume's successor has another one
     * @param address {@code host:port} of its Raft port
     */
    record Peer(String id, int ordinal, String address) {}

    /**
     * The group at this moment.
     *
     * @param voters by ordinal
     * @param self   the leader's id
     * @param alive  ids of voters that have answered lately, the leader's own among them
     */
    record Members(List<Peer> voters, String self, Set<String> alive) {
        public Members {
            voters = List.copyOf(voters);
            alive = Set.copyOf(alive);
        }
    }

    /** Null while this replica does not lead, or while a change is on its way. */
    @Nullable
    Members members();

    /**
     * Makes these the voters, unless the voters are no longer {@code before}. A new one is filled first and votes only then.
     * Completes when the change is committed. Fails when a new one gives no sign for three seconds, then nothing has changed; or
     * when leadership is lost on the way, then the next leader finishes what is in its log, or has never heard of it.
     */
    Future<Void> change(Members before, List<Peer> after);

    /** Makes that voter the leader. Fails when it does not become so within two seconds; then this replica leads on. */
    Future<Void> handOver(Peer to);
}
