@NullMarked
package io.claudeflow.swarm.local.api.store;

import org.jspecify.annotations.NullMarked;
