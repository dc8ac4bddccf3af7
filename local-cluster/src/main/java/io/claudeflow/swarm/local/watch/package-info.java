/** Informers that the controllers and the kubelet share: one watch per kind. Handlers run on the client's threads and must not block. */
@NullMarked
package io.claudeflow.swarm.local.watch;

import org.jspecify.annotations.NullMarked;
