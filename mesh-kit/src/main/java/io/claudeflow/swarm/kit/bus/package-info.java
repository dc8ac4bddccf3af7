/**
 * The event bus as typed channels and topics: record in, record out, address, deadline. Contracts in mesh-api declare the
 * channels; services serve and call them.
 */
@NullMarked
package io.claudeflow.swarm.kit.bus;

import org.jspecify.annotations.NullMarked;
