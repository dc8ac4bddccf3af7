/**
 * Resources on the command line: what a person's words name, and how lists, changes and whole objects are printed. The words
 * are pure; printers block on the API server.
 */
@NullMarked
package io.claudeflow.swarm.cli.resource;

import org.jspecify.annotations.NullMarked;
