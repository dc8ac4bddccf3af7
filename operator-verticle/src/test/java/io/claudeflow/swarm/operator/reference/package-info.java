/** Tests: Whose a resource is. */
@NullMarked
package io.claudeflow.swarm.operator.reference;

import org.jspecify.annotations.NullMarked;
