/** Tests of the package of the same name. */
@NullMarked
package io.claudeflow.swarm.cli.up;

import org.jspecify.annotations.NullMarked;
