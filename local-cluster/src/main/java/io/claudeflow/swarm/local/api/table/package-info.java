/** Tables: what kubectl get shows, rendered by the server. Pure but for the clock that ages are told by. */
@NullMarked
package io.claudeflow.swarm.local.api.table;

import org.jspecify.annotations.NullMarked;
