/**
 * A Kubernetes in one JVM for a laptop or a closed machine: an API server (embedded, or a real kube-apiserver), its controllers and
 * one node. {@link io.claudeflow.swarm.local.LocalCluster} is the composition root; starting and stopping block and belong on no
 * event loop.
 */
@NullMarked
package io.claudeflow.swarm.local;

import org.jspecify.annotations.NullMarked;
