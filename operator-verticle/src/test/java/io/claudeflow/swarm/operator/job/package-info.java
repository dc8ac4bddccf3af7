/** Tests: what is to be done about a task's Jobs. */
@NullMarked
package io.claudeflow.swarm.operator.job;

import org.jspecify.annotations.NullMarked;
