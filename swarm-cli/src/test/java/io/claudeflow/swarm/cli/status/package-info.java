/** Tests of the package of the same name. */
@NullMarked
package io.claudeflow.swarm.cli.status;

import org.jspecify.annotations.NullMarked;
