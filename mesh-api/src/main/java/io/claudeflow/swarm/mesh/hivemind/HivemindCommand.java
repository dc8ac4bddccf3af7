package io.claudeflow.swarm.mesh.hivemind;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a member of the bus asks of the hive-mind's leader. Each is idempotent by the key named. */
public sealed interface HivemindCommand {
    /**
     * Whose tokens are believed. Key: the content. Answer: Committed.
     *
     * @param serviceAccount the agents' ServiceAccount
     * @param userAccount    the ServiceAccount that stands for a person; empty: none
     * @param jobAccount     the ServiceAccount of the pods of Jobs; empty: none
     */
    record TrustUpdate(String issuer, String audience, String namespace, String serviceAccount, String userAccount,
            String jobAccount, String jwks) implements HivemindCommand {}

    /**
     * Who the agents are. Key: agentUid, podUid, generation. Answer: Committed.
     *
     * @param asOf null: others stay. Else whoever is not in the list is removed, unless it was declared after that sequence
     *             number of the ledger, which was read before the list: what arrives late takes nothing away that is newer
     */
    record DeclareAgents(List<AgentDeclaration> agents, @Nullable Long asOf) implements HivemindCommand {
        public DeclareAgents {
            agents = List.copyOf(agents);
        }
    }

    /** Agents whose pods are gone; their tokens are refused from then on. Key: podUid. Answer: Committed. */
    record RemoveAgents(List<String> podUids, String reason) implements HivemindCommand {
        public RemoveAgents {
            podUids = List.copyOf(podUids);
        }
    }

    /**
     * A task. Key: taskUid. Answer: Submitted.
     *
     * @param submitter on whose account it is: submitters share the agents fairly
     */
    record SubmitTask(String taskUid, TaskOrigin origin, String namespace, String name, String submitter,
            long generation, TaskSpec spec, String traceparent) implements HivemindCommand {}

    /**
     * What may change of a task that is not final: whether it waits, and how urgent it is. Key: taskUid and generation; an older
     * generation changes nothing. Answer: Committed, also when it is final or unknown.
     *
     * @param suspend true: a running attempt is ended and counts as no retry, and no other begins
     */
    record UpdateTask(String taskUid, long generation, boolean suspend, int priority) implements HivemindCommand {}

    /** Ends a task that is not final. Key: taskUid. Answer: Committed, also when it is final or unknown. */
    record CancelTask(String taskUid, String reason) implements HivemindCommand {}

    /**
     * All tasks of origin KUBERNETES that exist; others are cancelled and forgotten. Answer: Committed.
     *
     * @param asOf a sequence number of the ledger, read before the list: tasks submitted after it stay
     */
    record SweepTasks(Set<String> taskUids, long asOf) implements HivemindCommand {
        public SweepTasks {
            taskUids = Set.copyOf(taskUids);
        }
    }

    /**
     * States of tasks of origin KUBERNETES changed since {@code fromSeq}, waiting up to {@code longest} for a first one; nobody
     * keeps a status of other tasks. Answer: TaskPage or Resync.
     */
    record TailTasks(long fromSeq, int max, Duration longest) implements HivemindCommand {}

    /** States that are safely written elsewhere. A newer seq stays unacknowledged. Answer: Committed. */
    record AckTasks(List<Ack> acks) implements HivemindCommand {
        public AckTasks {
            acks = List.copyOf(acks);
        }

        /** One task up to one seq. */
        public record Ack(String taskUid, long seq) {}
    }

    /**
     * What the operator sees of an attempt's Job. Key: step and phase. Answer: Committed, also when the attempt is over.
     *
     * @param podUid  its pod, empty when there was none
     * @param reason  a stable word, for example OOMKilled, Evicted, ImagePullBackOff
     * @param message a sentence; of a foreign image's success: the result
     */
    record JobReport(StepKey step, String podUid, JobPhase phase, @Nullable Integer exitCode, @Nullable String reason,
            String message) implements HivemindCommand {}

    /** No new assignments; running work is handed back or ends until the deadline. Key: the cluster. Answer: Committed. */
    record DrainSwarm(Duration deadline, String reason) implements HivemindCommand {}

    /**
     * How many replicas the hive-mind is to have, those with the ordinals below that. The leader takes in those who ask to join
     * and takes out those that are too many, one at a time. Key: generation, of the SwarmCluster; an older one changes nothing.
     * Answer: Committed, before any member has changed.
     */
    record SetMembership(int replicas, long generation) implements HivemindCommand {
        public SetMembership {
            if (replicas < 1) {
                throw new IllegalArgumentException("replicas: " + replicas + " is below 1");
            }
        }
    }

    /**
     * Who stands where: the agents, by their registration indexes and types, follow from it. Key: generation, of the SwarmCluster;
     * an older one changes nothing. Tasks stay as they are. Answer: Committed.
     *
     * @param ringOrder types of agents in the order of the ring; empty: the order of registration
     */
    record SetTopology(Topology topology, List<String> ringOrder, long generation) implements HivemindCommand {
        public SetTopology {
            ringOrder = List.copyOf(ringOrder);
        }
    }

    /** The state of the swarm now, with everyone who is connected. Answer: Presence. */
    record ReadPresence() implements HivemindCommand {}

    /** A command with the swarm that it is meant for. */
    record Request(String clusterUid, @Nullable Long epoch, HivemindCommand command) {}
}
