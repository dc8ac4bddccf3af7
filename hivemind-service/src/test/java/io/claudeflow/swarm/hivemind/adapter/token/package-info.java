@NullMarked
package io.claudeflow.swarm.hivemind.adapter.token;

import org.jspecify.annotations.NullMarked;
