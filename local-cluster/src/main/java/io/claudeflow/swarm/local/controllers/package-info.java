/**
 * The controllers that a bare API server lacks, the smallest that is right: service accounts, binding of pods to the one node,
 * garbage collection, namespace termination, volumes, endpoint slices, Deployments, StatefulSets and Jobs. All are clients of the
 * API, level-triggered: an informer's event only names what to look at, the reconciler reads the API and acts. They run on
 * virtual threads and are made by {@link io.claudeflow.swarm.local.controllers.Controllers}.
 */
@NullMarked
package io.claudeflow.swarm.local.controllers;

import org.jspecify.annotations.NullMarked;
