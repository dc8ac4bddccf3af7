/** Kubernetes Events about objects, written in the background. Any thread. */
@NullMarked
package io.claudeflow.swarm.local.events;

import org.jspecify.annotations.NullMarked;
