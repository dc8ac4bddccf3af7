/**
 * Conditions: every type and reason that the operators write ({@link io.claudeflow.swarm.operator.condition.Catalogue}, from
 * which docs/conditions.md is made), and how a list of them is brought up to date without losing the time of a transition.
 * Pure; any thread.
 */
@NullMarked
package io.claudeflow.swarm.operator.condition;

import org.jspecify.annotations.NullMarked;
