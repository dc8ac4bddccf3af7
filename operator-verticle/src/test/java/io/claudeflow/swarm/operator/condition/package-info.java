/** Tests: Conditions and the page that lists them. */
@NullMarked
package io.claudeflow.swarm.operator.condition;

import org.jspecify.annotations.NullMarked;
