/** The state of the API: objects in memory by revision, the log of changes that watches read, and the journal that survives a restart. Confined to one event-loop context; the journal writes on a thread of its own. */
@NullMarked
package io.claudeflow.swarm.local.api.store;

import org.jspecify.annotations.NullMarked;
