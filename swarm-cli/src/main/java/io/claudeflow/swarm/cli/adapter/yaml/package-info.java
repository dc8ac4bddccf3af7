/**
 * Manifests as people write them: YAML with several documents per file, and where in the file each field stands. Pure but for
 * reading the files; any thread.
 */
@NullMarked
package io.claudeflow.swarm.cli.adapter.yaml;

import org.jspecify.annotations.NullMarked;
