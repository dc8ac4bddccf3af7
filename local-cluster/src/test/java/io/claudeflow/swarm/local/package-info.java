@NullMarked
package io.claudeflow.swarm.local;

import org.jspecify.annotations.NullMarked;
