@NullMarked
package io.claudeflow.swarm.hivemind;

import org.jspecify.annotations.NullMarked;
