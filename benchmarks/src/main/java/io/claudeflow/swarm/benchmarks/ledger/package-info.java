/**
 * Measures the ledger from a client to the end of its tasks: three replicas with their volumes, agents that do nothing, and a
 * client, each in a JVM of its own. Run by {@code benchmarks/ledger-throughput/measure} alone.
 */
@NullMarked
package io.claudeflow.swarm.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
