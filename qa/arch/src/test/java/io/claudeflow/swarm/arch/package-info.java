/** The house's rules, checked over the class files of every module. */
@NullMarked
package io.claudeflow.swarm.arch;

import org.jspecify.annotations.NullMarked;
