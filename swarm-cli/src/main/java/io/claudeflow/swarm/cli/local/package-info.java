/**
 * The local swarm as seen from outside its process: where its files lie, whether it runs, and which API server a command talks
 * to. Reads files and the process table; blocking, any thread.
 */
@NullMarked
package io.claudeflow.swarm.cli.local;

import org.jspecify.annotations.NullMarked;
