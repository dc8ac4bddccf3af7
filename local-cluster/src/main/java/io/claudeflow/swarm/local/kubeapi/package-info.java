/**
 * A real etcd and kube-apiserver on loopback, for {@code --api-server kube-apiserver}: started, supervised and stopped as child
 * processes, their data in the cluster's data directory. Blocking; not for event loops.
 */
@NullMarked
package io.claudeflow.swarm.local.kubeapi;

import org.jspecify.annotations.NullMarked;
