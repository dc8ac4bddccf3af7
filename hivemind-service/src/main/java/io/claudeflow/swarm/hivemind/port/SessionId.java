package io.claudeflow.swarm.hivemind.port;

/**
 * One agent's stream, wherever in the group it arrived.
 *
 * @param replica    the replica that holds the stream
 * @param connection that replica's number for it, never used twice while the replica lives
 */
public record SessionId(int replica, long connection) {}
