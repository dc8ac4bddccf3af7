@NullMarked
package io.claudeflow.swarm.local.pki;

import org.jspecify.annotations.NullMarked;
