@NullMarked
package io.claudeflow.swarm.local.api.schema;

import org.jspecify.annotations.NullMarked;
