/**
 * The way to the API server: a client made from a pod's own files, writes by server-side apply, status, Events, and what JOSDK
 * needs to see one kind from another kind's controller. Blocking; called on virtual threads and informers' threads.
 */
@NullMarked
package io.claudeflow.swarm.operator.adapter.kube;

import org.jspecify.annotations.NullMarked;
