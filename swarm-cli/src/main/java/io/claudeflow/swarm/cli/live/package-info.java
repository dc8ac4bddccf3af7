/**
 * A swarm coming alive, as a person sees it: a board of clusters, pods and agents fed by watches, drawn again and again on a
 * terminal or told line by line, and the rule that says when all is ready. The rule and the lines are pure.
 */
@NullMarked
package io.claudeflow.swarm.cli.live;

import org.jspecify.annotations.NullMarked;
