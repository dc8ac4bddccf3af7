/** The local cluster's certificates: an EC P-256 authority, what it issues, and the kubeconfig that carries it. Blocking file access; called at start-up, never on an event loop's hot path. */
@NullMarked
package io.claudeflow.swarm.local.pki;

import org.jspecify.annotations.NullMarked;
