package io.claudeflow.swarm.mesh.hivemind;

/**
 * An attempt that has a Job.
 *
 * @param step  its key
 * @param begun whether the Job's pod has taken the step, or a foreign image's container runs; until then a Job that is not there
 *              is to be made, afterwards it is lost
 */
public record JobAttempt(StepKey step, boolean begun) {}
