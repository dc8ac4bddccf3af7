/** Who asks: client certificates, bearer tokens, service-account tokens and their keys, and the review resources. Authorisation allows everything, on purpose (DIFFERENCES.md). */
@NullMarked
package io.claudeflow.swarm.local.api.auth;

import org.jspecify.annotations.NullMarked;
