/** Tests of the package of the same name. */
@NullMarked
package io.claudeflow.swarm.cli.local;

import org.jspecify.annotations.NullMarked;
