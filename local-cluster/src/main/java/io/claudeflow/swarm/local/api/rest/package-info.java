/** The verbs: create, read, update, patch, delete, watch, and the subresources, over the store and the catalog. Confined to the API's event loop; effects happen only in the store's put and remove. */
@NullMarked
package io.claudeflow.swarm.local.api.rest;

import org.jspecify.annotations.NullMarked;
