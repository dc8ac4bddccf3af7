/**
 * A whole swarm in virtual time: three replicas with their real ledgers, coordinators and group commit over a model of Raft, five
 * modelled agents, a modelled mesh operator and clients, and faults between all of them. {@link
 * io.claudeflow.swarm.hivemind.sim.WorkSim} runs it for many seeds.
 *
 * <p>Where to add what: an operation or a fault that somebody causes in {@link io.claudeflow.swarm.hivemind.sim.Operation}; a fault
 * that is seen to happen in {@link io.claudeflow.swarm.hivemind.sim.Fault}; what must hold after every entry of the log in {@link
 * io.claudeflow.swarm.hivemind.sim.LedgerChecker}; what must hold for those outside (submitters, tail, agents) in {@link
 * io.claudeflow.swarm.hivemind.sim.Witness}; what must have come true in the end in {@link
 * io.claudeflow.swarm.hivemind.sim.Settlement}; a bug to be found in {@link io.claudeflow.swarm.hivemind.sim.Planted}.
 *
 * <p>Threads: a swarm is confined to one thread, and nothing in it waits or asks what time it is; seeds run beside each other.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.sim;

import org.jspecify.annotations.NullMarked;
