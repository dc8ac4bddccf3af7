/** Validation rules (x-kubernetes-validations) by a CEL library, with the functions that Kubernetes adds. Compiled off the event loop, evaluated on it. */
@NullMarked
package io.claudeflow.swarm.local.api.cel;

import org.jspecify.annotations.NullMarked;
