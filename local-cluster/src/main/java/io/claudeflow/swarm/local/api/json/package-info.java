/** Kubernetes objects as Jackson trees: the one mapper, tolerant comparison, and the fields of metadata. Objects in the store are never changed; whoever changes one copies it first. Any thread. */
@NullMarked
package io.claudeflow.swarm.local.api.json;

import org.jspecify.annotations.NullMarked;
