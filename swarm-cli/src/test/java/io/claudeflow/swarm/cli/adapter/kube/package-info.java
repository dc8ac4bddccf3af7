/** Tests of the package of the same name. */
@NullMarked
package io.claudeflow.swarm.cli.adapter.kube;

import org.jspecify.annotations.NullMarked;
