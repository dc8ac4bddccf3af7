/** Agents' tokens: Kubernetes' projected service-account tokens, checked against the trust in the ledger. Any thread. */
@NullMarked
package io.claudeflow.swarm.hivemind.adapter.token;

import org.jspecify.annotations.NullMarked;
