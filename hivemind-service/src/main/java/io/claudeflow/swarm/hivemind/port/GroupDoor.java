package io.claudeflow.swarm.hivemind.port;

import io.vertx.core.Future;

/** Where a replica that is not of the group asks to be taken in. */
public interface GroupDoor {
    /**
     * Asks one replica, once, for at most two seconds. Fails when it gives no answer or does not let this replica in
     * (another group, epoch or secret).
     */
    Future<Answer> ask(int replica, Request request);

    /**
     * Who asks. Idempotent by the peer's id.
     *
     * @param peerId  new with every volume
     * @param address {@code host:port} of its Raft port
     * @param open    whether its log listens and may be filled
     */
    record Request(int ordinal, String peerId, String address, boolean open) {}

    /** What it is told. */
    sealed interface Answer {
        /** Another one leads; -1: nobody is known to. */
        record Ask(int leader) implements Answer {}

        /** Not now; why, as a sentence. */
        record Wait(String reason) implements Answer {}

        /** Its log is to be opened, and will be filled. */
        record Open() implements Answer {}

        /** It is a voter. */
        record Member() implements Answer {}
    }
}
