/** Failures as the API tells them: a status with code, reason, sentence and causes. Thrown by every part of the API, written as a Status object by its HTTP edge alone. */
@NullMarked
package io.claudeflow.swarm.local.api.error;

import org.jspecify.annotations.NullMarked;
