/** Server-side apply and managed fields, after structured-merge-diff v6: sets of field paths, merge by schema, ownership and conflicts. Pure. */
@NullMarked
package io.claudeflow.swarm.local.api.apply;

import org.jspecify.annotations.NullMarked;
