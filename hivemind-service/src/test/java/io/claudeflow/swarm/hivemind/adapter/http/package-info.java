/** Tests of the ledger over HTTP. */
@NullMarked
package io.claudeflow.swarm.hivemind.adapter.http;

import org.jspecify.annotations.NullMarked;
