/**
 * The ledger over HTTP, {@code /v1/tasks}, on the gateway's port of every replica: whoever does not lead passes a request on to the
 * one that does. JSON and problem+json are read and written here and nowhere else; what a request means is the leader's affair.
 *
 * <p>Threads: the gateway's event-loop context, which is the hive-mind's. Called by the hive-mind's composition root alone.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.adapter.http;

import org.jspecify.annotations.NullMarked;
