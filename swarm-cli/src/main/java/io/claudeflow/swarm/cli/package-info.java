/**
 * The {@code swarm} command: starts and ends the local swarm, and does what kubectl does for those who have none. This package
 * is the composition root and the failure-to-exit-code table; one package per concern below it. A command runs on the main
 * thread and may block; streams of several resources are read on virtual threads.
 */
@NullMarked
package io.claudeflow.swarm.cli;

import org.jspecify.annotations.NullMarked;
