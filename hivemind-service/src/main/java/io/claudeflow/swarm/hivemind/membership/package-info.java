/**
 * Who the voters of the Raft group are to be, and the next step towards that: one member at a time. Pure; on the hive-mind's
 * context. Called by the leader's term.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.membership;

import org.jspecify.annotations.NullMarked;
