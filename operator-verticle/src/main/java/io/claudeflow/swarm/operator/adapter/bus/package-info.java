/** The mesh operator's side of the bus: the hive-mind's channels behind the port that reconcilers call. */
@NullMarked
package io.claudeflow.swarm.operator.adapter.bus;

import org.jspecify.annotations.NullMarked;
