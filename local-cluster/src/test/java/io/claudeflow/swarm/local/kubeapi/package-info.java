@NullMarked
package io.claudeflow.swarm.local.kubeapi;

import org.jspecify.annotations.NullMarked;
