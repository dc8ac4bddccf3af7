@NullMarked
package io.claudeflow.swarm.kit.bus;

import org.jspecify.annotations.NullMarked;
