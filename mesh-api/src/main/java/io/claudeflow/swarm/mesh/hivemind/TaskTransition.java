package io.claudeflow.swarm.mesh.hivemind;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a task; Events are made from these.
 *
 * @param seq     the ledger's sequence number, unique in the epoch
 * @param at      when, by the clock of the leader that logged it
 * @param kind    Submitted, Assigned, Started, Retrying, AgentLost, HandedBack, Checkpointed, Completed, Failed, Cancelled
 * @param agent   the agent's name, where one is concerned
 * @param attempt the attempt, 0 before the first
 * @param message a sentence
 */
public record TaskTransition(long seq, Instant at, String kind, @Nullable String agent, int attempt, String message) {}
