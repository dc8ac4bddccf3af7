@NullMarked
package io.claudeflow.swarm.local.api;

import org.jspecify.annotations.NullMarked;
