/** How what belongs to a swarm is called and found: names, labels, owners, images. Pure; any thread. */
@NullMarked
package io.claudeflow.swarm.operator.identity;

import org.jspecify.annotations.NullMarked;
