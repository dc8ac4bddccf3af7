@NullMarked
package io.claudeflow.swarm.agent.adapter.http;

import org.jspecify.annotations.NullMarked;
