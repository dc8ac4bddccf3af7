package io.claudeflow.swarm.agent.door;

/**
 * What a script may know of its step.
 *
 * @param attempt          from 1
 * @param percent          reported last, by this attempt or one before; 0: none
 * @param resumes          the attempt goes on from a checkpoint
 * @param checkpointNumber of the last checkpoint in the ledger that the attempt knows; 0: none
 */
public record StepFacts(String task, String namespace, String uid, int attempt, int percent, boolean resumes,
        long checkpointNumber) {}
