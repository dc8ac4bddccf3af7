package io.claudeflow.swarm.hivemind.adapter.grpc;

import io.vertx.core.net.SocketAddress;
import java.util.function.IntFunction;

/**
 * Where a replica's agent transport listens, and how it knows its peers.
 *
 * @param replica     this replica's ordinal
 * @param host        the address that both ports are bound to
 * @param gatewayPort the agents' port; 0: any free one
 * @param peerPort    the peers' port; 0: any free one
 * @param peerAddress a replica's ordinal to the address of its peers' port
 * @param groupId     the group that a peer must be of
 * @param epoch       the epoch that a peer must be in
 * @param peerSecret  what peers show each other
 */
public record GrpcAgentTransportConfig(int replica, String host, int gatewayPort, int peerPort,
        IntFunction<SocketAddress> peerAddress, String groupId, long epoch, String peerSecret) {
    public GrpcAgentTransportConfig {
        if (replica < 0) {
            throw new IllegalArgumentException("replica: " + replica + " is below 0");
        }
        if (peerSecret.isBlank()) {
            throw new IllegalArgumentException("peerSecret: is empty; the peers' port would be open to anyone");
        }
    }

    @Override
    public String toString() {
        return "GrpcAgentTransportConfig[replica=" + replica + ", host=" + host + ", gatewayPort=" + gatewayPort
                + ", peerPort=" + peerPort + ", groupId=" + groupId + ", epoch=" + epoch + ", peerSecret=****]";
    }
}
