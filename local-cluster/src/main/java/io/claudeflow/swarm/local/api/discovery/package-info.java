/** What the server says of itself: versions, groups, resources, OpenAPI. Built on demand from the catalog. */
@NullMarked
package io.claudeflow.swarm.local.api.discovery;

import org.jspecify.annotations.NullMarked;
