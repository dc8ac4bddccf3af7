/**
 * What the generated schemas have in common: patterns, and what the CRD generator cannot say by annotation. The
 * customizers run in the build only; nothing calls them at run time.
 */
@NullMarked
package io.claudeflow.swarm.api.v1alpha1.schema;

import org.jspecify.annotations.NullMarked;
