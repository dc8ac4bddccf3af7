/** What single built-in kinds need beyond their schema: defaults, admission, validation, printed as one small class per kind. Confined to the API's event loop. */
@NullMarked
package io.claudeflow.swarm.local.api.kind;

import org.jspecify.annotations.NullMarked;
