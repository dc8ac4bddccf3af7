/** Tests of the package of the same name. */
@NullMarked
package io.claudeflow.swarm.cli.agent;

import org.jspecify.annotations.NullMarked;
