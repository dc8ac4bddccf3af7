@NullMarked
package io.claudeflow.swarm.hivemind.membership;

import org.jspecify.annotations.NullMarked;
