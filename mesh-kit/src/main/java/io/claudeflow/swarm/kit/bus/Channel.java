package io.claudeflow.swarm.kit.bus;

import java.time.Duration;

/**
 * A typed request/reply door on the bus. Contracts declare channels as constants; nobody writes an address twice.
 *
 * @param address  the address on the event bus
 * @param request  a record, or a sealed interface of records
 * @param reply    likewise
 * @param deadline how long a caller waits unless it says otherwise; after that the outcome is indeterminate
 */
public record Channel<Q, R>(String address, Class<Q> request, Class<R> reply, Duration deadline) {}
