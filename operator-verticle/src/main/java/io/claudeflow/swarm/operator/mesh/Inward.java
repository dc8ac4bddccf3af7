package io.claudeflow.swarm.operator.mesh;

import java.util.Arrays;
import java.util.Set;

/** Which message from the bus or state of the ledger changes what in the mesh operator's picture, and what is then reconciled. */
public enum Inward {
    /** SwarmState or Presence with another leader, term or epoch: {@link SwarmPicture#state}. */
    LEADER_CHANGED(Target.CLUSTER),
    /** No SwarmState for three seconds: {@link SwarmPicture#fresh} is false. */
    LEADER_SILENT(Target.CLUSTER),
    /** Presence with other agents than before: {@link SwarmPicture#connected}. */
    PRESENCE_CHANGED(Target.CLUSTER, Target.AGENTS),
    /** SwarmState with another drain: {@link SwarmPicture#state}. */
    DRAIN_CHANGED(Target.CLUSTER),
    /** SwarmState with other counts, without any of the above: {@link SwarmPicture#state}. */
    COUNTS_CHANGED(Target.CLUSTER),
    /** TaskPage with the task: {@link TaskStates#get}. */
    TASK_CHANGED(Target.ONE_TASK),
    /** TaskPage by which an agent does more or fewer steps than before: {@link TaskStates#runningOn}. */
    AGENT_LOAD_CHANGED(Target.ONE_AGENT),
    /** TaskPage with the final state of a task whose SwarmTask is gone: it is acknowledged, for there is no status to write. */
    ORPHAN_ENDED,
    /** TaskPage that says that the task has left the ledger: {@link TaskStates} forgets it. */
    TASK_FORGOTTEN,
    /** Resync: {@link TaskStates} starts anew, and what has not ended is submitted again. */
    LEDGER_RESYNCED(Target.TASKS),
    /** Trust, agents and tasks are in the ledger, so messages about single ones may follow: {@link LedgerGate}. */
    CONVERGED(Target.CLUSTER, Target.AGENTS, Target.TASKS),
    /** Nothing runs any more, or the time to drain is over: {@link DrainState}. */
    DRAIN_OVER(Target.CLUSTER, Target.AGENTS, Target.TASKS, Target.MEMORIES);

    private final Set<Target> reconciled;

    Inward(Target... reconciled) {
        this.reconciled = Set.copyOf(Arrays.asList(reconciled));
    }

    /** What is reconciled when it happens. */
    public Set<Target> reconciled() {
        return reconciled;
    }

    /** Resources that may be reconciled. */
    public enum Target {
        /** The SwarmCluster. */
        CLUSTER,
        /** Every SwarmAgent. */
        AGENTS,
        /** Every SwarmTask. */
        TASKS,
        /** The SwarmTask that the state is of. */
        ONE_TASK,
        /** The SwarmAgent that the load is of. */
        ONE_AGENT,
        /** Every SwarmMemory. */
        MEMORIES
    }

    /** Told of each row that happens, on any thread; returns at once. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Something was heard.
         *
         * @param name of the one resource that it is about, else empty
         */
        void heard(Inward what, String name);

        /** For what is not about one resource. */
        default void heard(Inward what) {
            heard(what, "");
        }
    }
}
