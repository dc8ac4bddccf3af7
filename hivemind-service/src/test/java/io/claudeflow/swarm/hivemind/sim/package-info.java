/**
 * A whole swarm in virtual time: three replicas with their real ledgers, coordinators and group commit over a model of Raft, five
 * modelled agents, a modelled mesh operator with its SwarmTasks and Jobs, clients on the bus and at the gRPC door, and faults
 * between all of them. {@link io.claudeflow.swarm.hivemind.sim.WorkSim} runs it for many seeds. The three replicas stay three:
 * the model of Raft knows no change of members.
 *
 * <p>Where to add what: an operation or a fault that somebody causes in {@link io.claudeflow.swarm.hivemind.sim.Operation}; a fault
 * that is seen to happen in {@link io.claudeflow.swarm.hivemind.sim.Fault}; what must hold after every entry of the log in {@link
 * io.claudeflow.swarm.hivemind.sim.LedgerChecker}, of one task in {@link io.claudeflow.swarm.hivemind.sim.TaskChecker}, of its
 * subtasks in {@link io.claudeflow.swarm.hivemind.sim.GraphChecker}; what must hold for those outside (submitters, tail, agents) in {@link
 * io.claudeflow.swarm.hivemind.sim.Witness}; what must have come true in the end in {@link
 * io.claudeflow.swarm.hivemind.sim.Settlement}; which tasks there are in {@link
 * io.claudeflow.swarm.hivemind.sim.Work}; a bug to be found in {@link io.claudeflow.swarm.hivemind.sim.Planted}.
 *
 * <p>Threads: a swarm is confined to one thread, and nothing in it waits or asks what time it is; seeds run beside each other.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.sim;

import org.jspecify.annotations.NullMarked;
