@NullMarked
package io.claudeflow.swarm.hivemind.codec;

import org.jspecify.annotations.NullMarked;
