/** Which resources there are: the table of built-in kinds, those that CustomResourceDefinitions add, and the catalog that finds both by path. Confined to the API's event loop. */
@NullMarked
package io.claudeflow.swarm.local.api.resource;

import org.jspecify.annotations.NullMarked;
