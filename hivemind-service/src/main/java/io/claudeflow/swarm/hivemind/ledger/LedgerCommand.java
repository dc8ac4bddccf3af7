package io.claudeflow.swarm.hivemind.ledger;

import io.claudeflow.swarm.mesh.hivemind.AgentDeclaration;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks;
import io.claudeflow.swarm.mesh.hivemind.JobPhase;
import io.claudeflow.swarm.mesh.hivemind.StepKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the leader writes into the log. Applying one twice changes nothing the second time, unless it says otherwise. */
public sealed interface LedgerCommand {
    /**
     * A leader begins; its first command.
     *
     * @param leaseMillis from then on part of every guard
     */
    record Lead(long term, int replica, long leaseMillis) implements LedgerCommand {}

    /** Whose tokens are believed. */
    record UpdateTrust(Trust trust) implements LedgerCommand {}

    /**
     * Who the agents are. An agent under a new pod loses what the old pod held.
     *
     * @param asOf null: others stay; else others go, and whoever was declared after that sequence number is left as it is
     */
    record DeclareAgents(List<AgentDeclaration> agents, @Nullable Long asOf) implements LedgerCommand {
        public DeclareAgents {
            agents = List.copyOf(agents);
        }
    }

    /** Pods that are gone, with what they held. */
    record RemoveAgents(List<String> podUids, String reason) implements LedgerCommand {
        public RemoveAgents {
            podUids = List.copyOf(podUids);
        }
    }

    /** A task, and who is to do it at once when somebody is free. Result: Submitted. */
    record Submit(Task.About task, @Nullable Assignment proposed) implements LedgerCommand {}

    /** Compare-and-set: the step waits, for that attempt, and the agent has room. Result: Done or Refused. */
    record Assign(StepKey step, Assignment to) implements LedgerCommand {}

    /** The agent began. */
    record StepStarted(StepKey step, String agentUid) implements LedgerCommand {}

    /** How far it has come; percent null: unknown. */
    record StepProgress(StepKey step, String agentUid, @Nullable Integer percent,
            String message) implements LedgerCommand {}

    /** What a later attempt begins from; an older number changes nothing. */
    record StepCheckpoint(StepKey step, String agentUid, long number, Blob data) implements LedgerCommand {}

    /** An attempt's end. Result: Verdict. */
    record StepFinished(StepKey step, String agentUid, Ending ending, int exitCode, String value, boolean truncated,
            long durationMillis, String message) implements LedgerCommand {}

    /** The agent does not take it now. Costs no retry. */
    record RejectStep(StepKey step, String agentUid, String reason) implements LedgerCommand {}

    /** The agent has stopped it and gives it back. Costs no retry. Result: Verdict. */
    record HandBackStep(StepKey step, String agentUid, @Nullable Blob checkpoint) implements LedgerCommand {}

    /** An agent's lease is over: what it holds is lost, and others stand in its place. */
    record LoseAgent(String agentUid, String reason) implements LedgerCommand {}

    /** An agent that was lost is heard again. */
    record RegainAgent(String agentUid) implements LedgerCommand {}

    /** A new process in an agent's pod: what older ones held and this one does not run is lost. Costs no retry. */
    record RestartAgent(String agentUid, String session, List<StepKey> running) implements LedgerCommand {
        public RestartAgent {
            running = List.copyOf(running);
        }
    }

    /** Ends a task that is not final. */
    record Cancel(String taskUid, String reason) implements LedgerCommand {}

    /** What a submitter changed of a task that is not final; an older generation changes nothing. */
    record Update(String taskUid, long generation, boolean suspend, int priority) implements LedgerCommand {}

    /**
     * A client wants nothing more of its session's requests up to that number: finished tasks among them leave, others leave when
     * they end. With 0 it opens the session. Result: Done, or Refused when the session is another submitter's.
     */
    record Settle(String session, String submitter, long upTo) implements LedgerCommand {}

    /** What is seen of an attempt's Job from outside. */
    record JobReport(StepKey step, JobPhase phase, @Nullable Integer exitCode, @Nullable String reason,
            String message) implements LedgerCommand {}

    /** Whether a subtask whose turn has come runs. */
    record DecideSubtask(String taskUid, String subtask, Decision decision, String message) implements LedgerCommand {
        /** Its condition is true, is false, or cannot be worked out. */
        public enum Decision {
            RUN, SKIP, FAIL
        }
    }

    /** All tasks of origin KUBERNETES that exist among those submitted up to the sequence number {@code asOf}. */
    record Sweep(Set<String> taskUids, long asOf) implements LedgerCommand {
        public Sweep {
            taskUids = Set.copyOf(taskUids);
        }
    }

    /** States that are safely written elsewhere. */
    record Ack(List<AckTasks.Ack> acks) implements LedgerCommand {
        public Ack {
            acks = List.copyOf(acks);
        }
    }

    /** No new assignments from now on. The first one counts. */
    record BeginDrain(long millis, String reason) implements LedgerCommand {}

    /** How many replicas the group is to have; an older generation changes nothing. */
    record SetMembership(Membership membership) implements LedgerCommand {}

    /** Who stands where; an older generation changes nothing. */
    record SetTopology(Arrangement arrangement) implements LedgerCommand {}

    /** Time passes. */
    record Tick() implements LedgerCommand {}

    /** How an attempt ended, as its agent says. */
    enum Ending {
        SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, NOT_STARTED
    }
}
