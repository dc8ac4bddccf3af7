/** The kind SwarmTask: what is to be done, how and by whom, and what came of it. */
@NullMarked
package io.claudeflow.swarm.api.v1alpha1.task;

import org.jspecify.annotations.NullMarked;
