@NullMarked
package io.claudeflow.swarm.hivemind.scheduler;

import org.jspecify.annotations.NullMarked;
