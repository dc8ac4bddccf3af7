@NullMarked
package io.claudeflow.swarm.hivemind.leader;

import org.jspecify.annotations.NullMarked;
