package io.claudeflow.swarm.mesh.hivemind;

import java.util.List;
import java.util.Set;

/** What a hive-mind replica answers. Failures that a caller cannot act on by retrying come as a SwarmException instead. */
public sealed interface HivemindReply {
    /** Ask that replica; -1: no leader is known at the moment. */
    record NotLeader(int leader) implements HivemindReply {}

    /** The request was meant for another epoch; the present one is given. */
    record StaleEpoch(long epoch) implements HivemindReply {}

    /** Done and durable on a quorum. */
    record Committed(long seq) implements HivemindReply {}

    /** The task is in the ledger. */
    record Submitted(Outcome outcome, long seq) implements HivemindReply {
        /** Whether this request put it there, an earlier one did, or it is final already. */
        public enum Outcome {
            ACCEPTED, DUPLICATE, FINISHED
        }
    }

    /**
     * Changed tasks, in the order of their seq.
     *
     * @param gone    UIDs of tasks that left the ledger
     * @param nextSeq what to ask from next
     */
    record TaskPage(List<TaskState> tasks, List<String> gone, long nextSeq) implements HivemindReply {
        public TaskPage {
            tasks = List.copyOf(tasks);
            gone = List.copyOf(gone);
        }
    }

    /** Too old: tail again from 0 and treat the answer as the complete list. */
    record Resync(long seq) implements HivemindReply {}

    /** The state with the UIDs of all connected agents. */
    record Presence(SwarmState state, Set<String> connectedAgentUids) implements HivemindReply {
        public Presence {
            connectedAgentUids = Set.copyOf(connectedAgentUids);
        }
    }
}
