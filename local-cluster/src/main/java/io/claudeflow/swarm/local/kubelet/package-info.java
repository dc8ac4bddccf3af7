/**
 * A kubelet for a laptop: registers the one node, runs the pods bound to it as applications in this JVM or as one JVM each,
 * mounts their volumes under a folder, gives each a loopback address and a name, probes them, keeps their logs and tells the API
 * server what became of them. It is a client of the API like any kubelet and holds nothing that is not in the API or in its data
 * directory. Made by {@link io.claudeflow.swarm.local.kubelet.Kubelet}; each pod has one virtual thread of its own.
 */
@NullMarked
package io.claudeflow.swarm.local.kubelet;

import org.jspecify.annotations.NullMarked;
