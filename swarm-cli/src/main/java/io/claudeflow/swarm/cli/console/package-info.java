/**
 * What a person sees: the terminal (or pipe) itself, columns, colours, ages. Knows no resource. One thread at a time, but
 * {@link io.claudeflow.swarm.cli.console.Terminal}, which any thread may write whole lines to.
 */
@NullMarked
package io.claudeflow.swarm.cli.console;

import org.jspecify.annotations.NullMarked;
