/**
 * A client of the hive-mind's door for tasks: for those who want the ledger without Kubernetes. The protocol itself is
 * {@code swarm/task/v1/task.proto}.
 */
@NullMarked
package io.claudeflow.swarm.mesh.task;

import org.jspecify.annotations.NullMarked;
