/** What one decision of the scheduler costs, as a curve over agents and steps that wait. Run by {@code benchmarks/scheduler/measure}. */
@NullMarked
package io.claudeflow.swarm.benchmarks.scheduler;

import org.jspecify.annotations.NullMarked;
