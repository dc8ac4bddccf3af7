@NullMarked
package io.claudeflow.swarm.local.api.apply;

import org.jspecify.annotations.NullMarked;
