/**
 * The four kinds of {@code swarm.claudeflow.io/v1alpha1} and their custom resource definitions. Immutable records below
 * {@code spec} and {@code status}, one package per kind; no I/O, no thread of its own. Used by the operators, the
 * command line and the end-to-end tests.
 *
 * <p>An absent list or map reads as an empty one and is not written; any other absent field is null, which means "not
 * said": what it falls back to stands in its description and is resolved where it is used.
 */
@NullMarked
package io.claudeflow.swarm.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
