package io.claudeflow.swarm.kit.bus;

/**
 * A typed broadcast on the bus: each subscriber gets each message at most once, and may miss some.
 *
 * @param address the address on the event bus
 * @param message a record, or a sealed interface of records
 */
public record Topic<T>(String address, Class<T> message) {}
