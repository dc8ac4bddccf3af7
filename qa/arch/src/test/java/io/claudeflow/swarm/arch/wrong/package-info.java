/** Code that breaks the rules, so that a test can see each rule bite. */
@NullMarked
package io.claudeflow.swarm.arch.wrong;

import org.jspecify.annotations.NullMarked;
