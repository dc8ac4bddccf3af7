/**
 * The hive-mind of a swarm, one replica of it: the composition root. {@code Main} runs it as a process, the local kubelet as an
 * {@link io.claudeflow.swarm.kit.app.Application}. One Vert.x context carries the whole replica; Raft's own threads stay in its
 * adapter.
 */
@NullMarked
package io.claudeflow.swarm.hivemind;

import org.jspecify.annotations.NullMarked;
