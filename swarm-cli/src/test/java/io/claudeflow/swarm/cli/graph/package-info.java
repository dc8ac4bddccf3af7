/** Tests: pictures of graphs. */
@NullMarked
package io.claudeflow.swarm.cli.graph;

import org.jspecify.annotations.NullMarked;
