@NullMarked
package io.claudeflow.swarm.local.api.http;

import org.jspecify.annotations.NullMarked;
