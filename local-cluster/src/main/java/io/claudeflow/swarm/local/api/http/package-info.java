/** The HTTPS edge: paths, bodies, replies, watch streams and the proxy to a kubelet's logs. The only home of Vert.x's HTTP types in the API. */
@NullMarked
package io.claudeflow.swarm.local.api.http;

import org.jspecify.annotations.NullMarked;
