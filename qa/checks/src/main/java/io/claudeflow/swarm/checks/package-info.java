/**
 * Compiler checks that Error Prone lacks. Loaded into javac by every other module's build; nothing of the product calls them.
 */
@NullMarked
package io.claudeflow.swarm.checks;

import org.jspecify.annotations.NullMarked;
