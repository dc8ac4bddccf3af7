/**
 * The Jobs of tasks: one per attempt, made from the SwarmTask and its SwarmCluster, and only once the pods of the attempt before
 * are gone. Pure: what a Job and its claims look like, and what is to be done about the Jobs that there are.
 * {@link io.claudeflow.swarm.operator.job.TaskJobs} does it; called by the reconciler of SwarmTasks on its virtual thread.
 */
@NullMarked
package io.claudeflow.swarm.operator.job;

import org.jspecify.annotations.NullMarked;
