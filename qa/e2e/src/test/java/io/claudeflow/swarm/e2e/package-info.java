/**
 * End-to-end tests through the public doors: the {@code swarm} command and a real kubectl, on each API server and under each
 * isolation. No class of the product is called.
 */
@NullMarked
package io.claudeflow.swarm.e2e;

import org.jspecify.annotations.NullMarked;
