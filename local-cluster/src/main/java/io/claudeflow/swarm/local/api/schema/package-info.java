/** Structural schemas: unknown fields, pruning, defaulting and validation, for custom and built-in kinds alike, worded as Kubernetes words them. Pure; schemas are read lazily and so belong to one thread, the API's event loop. */
@NullMarked
package io.claudeflow.swarm.local.api.schema;

import org.jspecify.annotations.NullMarked;
