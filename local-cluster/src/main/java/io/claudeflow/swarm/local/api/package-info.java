/** The embedded Kubernetes API server: {@link io.claudeflow.swarm.local.api.ApiServer} is its composition root. Its state is confined to one event-loop context; journal and certificates are the only blocking parts and run elsewhere. */
@NullMarked
package io.claudeflow.swarm.local.api;

import org.jspecify.annotations.NullMarked;
