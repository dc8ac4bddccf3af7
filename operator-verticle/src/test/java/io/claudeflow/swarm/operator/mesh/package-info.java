/** Tests: What the mesh operator has heard. */
@NullMarked
package io.claudeflow.swarm.operator.mesh;

import org.jspecify.annotations.NullMarked;
