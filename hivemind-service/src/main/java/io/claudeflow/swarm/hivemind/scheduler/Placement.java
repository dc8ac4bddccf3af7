package io.claudeflow.swarm.hivemind.scheduler;

import io.claudeflow.swarm.hivemind.ledger.Assignment;
import io.claudeflow.swarm.mesh.hivemind.StepKey;

/** A step and who is to do it. The agent's place is taken until {@link Scheduler#release}. */
public record Placement(StepKey step, Assignment to) {}
