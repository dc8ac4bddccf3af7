/** Tests of the session: its decisions, and the whole of it against a real gRPC gateway and real processes. */
@NullMarked
package io.claudeflow.swarm.agent.session;

import org.jspecify.annotations.NullMarked;
