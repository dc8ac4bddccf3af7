@NullMarked
package io.claudeflow.swarm.hivemind.adapter.raft;

import org.jspecify.annotations.NullMarked;
