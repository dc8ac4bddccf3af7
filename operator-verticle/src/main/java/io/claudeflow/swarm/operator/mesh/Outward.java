package io.claudeflow.swarm.operator.mesh;

import io.claudeflow.swarm.mesh.hivemind.HivemindCommand;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.AckTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.CancelTask;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.DeclareAgents;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.DrainSwarm;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.JobReport;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.ReadPresence;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.RemoveAgents;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SetMembership;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SetTopology;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SubmitTask;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.SweepTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.TailTasks;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.TrustUpdate;
import io.claudeflow.swarm.mesh.hivemind.HivemindCommand.UpdateTask;

/** Which event at the API server becomes which message to the hive-mind. Every message is sent under one of these rows. */
public enum Outward {
    /** The mesh operator begins to lead, meets a new epoch, or the API server's keys have changed. */
    KEYS_READ(TrustUpdate.class),
    /** The first complete LIST of SwarmAgents and of their Pods: whoever is not in it is removed. */
    AGENTS_LISTED(DeclareAgents.class),
    /** A SwarmAgent's Pod was made, or the SwarmAgent's spec has changed. */
    AGENT_APPLIED(DeclareAgents.class),
    /** A SwarmAgent's Pod is gone: its token is refused from then on. */
    AGENT_POD_GONE(RemoveAgents.class),
    /** The first complete LIST of SwarmTasks: those that are not in it are cancelled. Before any {@link #TASK_APPLIED}. */
    TASKS_LISTED(SweepTasks.class),
    /** A SwarmTask of this swarm was applied and has not ended. */
    TASK_APPLIED(SubmitTask.class),
    /** {@code spec.cancel} of a SwarmTask is true. */
    TASK_CANCELLED(CancelTask.class),
    /** A SwarmTask was deleted. */
    TASK_DELETED(CancelTask.class),
    /** {@code spec.suspend} or {@code spec.priority} of a SwarmTask has changed. */
    TASK_CHANGED(UpdateTask.class),
    /** What the watch says of an attempt's Job or its pod. */
    JOB_SEEN(JobReport.class),
    /** The final state of a SwarmTask stands in its status. */
    TASK_STATUS_WRITTEN(AckTasks.class),
    /** {@code spec.hiveMind.replicas} was read, or has changed. */
    REPLICAS_CHANGED(SetMembership.class),
    /** {@code spec.topology} and {@code spec.ringOrder} were read, or have changed. */
    TOPOLOGY_CHANGED(SetTopology.class),
    /** The SwarmCluster has a deletionTimestamp. */
    CLUSTER_DELETED(DrainSwarm.class),
    /** No event: the ledger's changes are read all the time. */
    TAIL(TailTasks.class),
    /** No event: another count of connected agents was heard, or no leader is known. */
    LOOK(ReadPresence.class);

    private final Class<? extends HivemindCommand> message;

    Outward(Class<? extends HivemindCommand> message) {
        this.message = message;
    }

    /** The message that the row's event becomes. */
    public Class<? extends HivemindCommand> message() {
        return message;
    }

    /** That command, if it is this row's. */
    public HivemindCommand checked(HivemindCommand command) {
        if (!message.isInstance(command)) {
            throw new IllegalArgumentException(this + " sends " + message.getSimpleName() + ", not "
                    + command.getClass().getSimpleName());
        }
        return command;
    }
}
