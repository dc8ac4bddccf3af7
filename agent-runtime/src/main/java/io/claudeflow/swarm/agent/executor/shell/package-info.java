/**
 * Shell steps: bash in a process group and a folder of its own, its output streamed and bounded, and nothing of it left when it
 * is over. One virtual thread walks a step from start to end; a pipe is read on a small platform thread, because a virtual one
 * would hold its carrier while it waits; nothing runs on an event loop.
 *
 * <p>What a script finds: standard input is empty, the working directory is empty and its own, and the variables of
 * {@link io.claudeflow.swarm.mesh.agent.AgentVariables}. What it says: standard output is the result, unless it writes the file
 * {@code $SWARM_RESULT_FILE}; a line {@code ::progress 40 some words} on standard output reports progress (0 to 100) and is not
 * part of the result; and the command {@code swarm-agent}, first on the PATH, speaks to the agent's door.
 *
 * <p>Where the pod has no root of its own, each script runs in a mount namespace that shows the pod's volumes at their
 * paths and else the machine's own files ({@link io.claudeflow.swarm.agent.executor.shell.Isolation}); it is no sandbox.
 * There is no PID namespace, so that groups and markers name a step's processes as they do without one.
 */
@NullMarked
package io.claudeflow.swarm.agent.executor.shell;

import org.jspecify.annotations.NullMarked;
