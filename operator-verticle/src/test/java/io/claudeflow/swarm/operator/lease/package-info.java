/** Tests: Who holds a Lease. */
@NullMarked
package io.claudeflow.swarm.operator.lease;

import org.jspecify.annotations.NullMarked;
