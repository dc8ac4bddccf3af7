@NullMarked
package io.claudeflow.swarm.local.api.table;

import org.jspecify.annotations.NullMarked;
