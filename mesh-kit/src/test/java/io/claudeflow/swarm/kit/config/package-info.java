/** Tests of configuration. */
@NullMarked
package io.claudeflow.swarm.kit.config;

import org.jspecify.annotations.NullMarked;
