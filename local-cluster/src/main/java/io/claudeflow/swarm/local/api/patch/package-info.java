/** The patches that Kubernetes knows besides server-side apply: JSON merge patch (RFC 7396), JSON patch (RFC 6902) and strategic merge patch. Pure; the object that is patched is not changed. */
@NullMarked
package io.claudeflow.swarm.local.api.patch;

import org.jspecify.annotations.NullMarked;
