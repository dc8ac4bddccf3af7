/** Tests of metrics: names to the letter, caps, the table. */
@NullMarked
package io.claudeflow.swarm.kit.metrics;

import org.jspecify.annotations.NullMarked;
