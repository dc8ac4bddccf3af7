@NullMarked
package io.claudeflow.swarm.local.api.select;

import org.jspecify.annotations.NullMarked;
