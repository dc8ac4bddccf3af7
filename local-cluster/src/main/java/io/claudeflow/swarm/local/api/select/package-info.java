/** Label and field selectors. Pure. */
@NullMarked
package io.claudeflow.swarm.local.api.select;

import org.jspecify.annotations.NullMarked;
