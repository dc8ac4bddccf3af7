/**
 * The ledger's entries and snapshots as bytes (protobuf, ledger.proto), versioned by feature level; golden files in the tests
 * hold every command. Pure, any thread. Called by the Raft adapter.
 */
@NullMarked
package io.claudeflow.swarm.hivemind.codec;

import org.jspecify.annotations.NullMarked;
