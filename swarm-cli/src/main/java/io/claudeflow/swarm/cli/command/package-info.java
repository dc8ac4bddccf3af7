/**
 * One class per command: its options, and the few calls that they mean. Picocli sets the fields and calls {@code call} once,
 * on the main thread, where it may block.
 */
@NullMarked
package io.claudeflow.swarm.cli.command;

import org.jspecify.annotations.NullMarked;
