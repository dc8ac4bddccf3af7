@NullMarked
package io.claudeflow.swarm.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
