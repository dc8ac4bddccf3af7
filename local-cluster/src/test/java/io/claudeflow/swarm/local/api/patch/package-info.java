@NullMarked
package io.claudeflow.swarm.local.api.patch;

import org.jspecify.annotations.NullMarked;
