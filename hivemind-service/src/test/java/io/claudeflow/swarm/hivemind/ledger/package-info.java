@NullMarked
package io.claudeflow.swarm.hivemind.ledger;

import org.jspecify.annotations.NullMarked;
