package io.claudeflow.swarm.hivemind.adapter.raft;

import java.util.UUID;

/**
 * Ids of peers. A founder's is its ordinal; a later volume's is {@code <ordinal>-<eight random hex digits>}, so that a lost volume's
 * successor is another peer: one that has forgotten its votes must not vote again.
 */
final class PeerIds {
    private PeerIds() {}

    static String founder(int ordinal) {
        return String.valueOf(ordinal);
    }

    /** A new one. */
    static String joiner(int ordinal) {
        return ordinal + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static int ordinal(String id) {
        int dash = id.indexOf('-');
        return Integer.parseInt(dash < 0 ? id : id.substring(0, dash));
    }

    static boolean isFounder(String id) {
        return id.indexOf('-') < 0;
    }
}
