@NullMarked
package io.claudeflow.swarm.local.api.cel;

import org.jspecify.annotations.NullMarked;
