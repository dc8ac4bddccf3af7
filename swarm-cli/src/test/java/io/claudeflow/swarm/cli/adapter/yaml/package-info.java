/** Tests of the package of the same name. */
@NullMarked
package io.claudeflow.swarm.cli.adapter.yaml;

import org.jspecify.annotations.NullMarked;
