/** The state of swarms in one screen: read at once, judged by pure rules, printed as lines. One thread. */
@NullMarked
package io.claudeflow.swarm.cli.status;

import org.jspecify.annotations.NullMarked;
