@NullMarked
package io.claudeflow.swarm.mesh.hivemind;

import org.jspecify.annotations.NullMarked;
