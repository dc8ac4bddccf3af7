/** What the hive-mind's features need from outside: the replicated log, the agents' streams, time. Interfaces only. */
@NullMarked
package io.claudeflow.swarm.hivemind.port;

import org.jspecify.annotations.NullMarked;
