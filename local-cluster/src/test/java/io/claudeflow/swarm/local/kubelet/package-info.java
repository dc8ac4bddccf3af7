@NullMarked
package io.claudeflow.swarm.local.kubelet;

import org.jspecify.annotations.NullMarked;
