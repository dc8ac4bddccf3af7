package io.claudeflow.swarm.agent.adapter.grpc;

import io.claudeflow.swarm.agent.session.Gateway;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.mesh.agent.v1.AgentGatewayGrpcClient;
import io.claudeflow.swarm.mesh.grpc.Dial;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the gateway's replicas by name and opens streams to them. The one that the last stream went to is tried last: it was
 * lost, or it is on its way out. One context.
 */
public final class GrpcGateway implements Gateway {
    private static final int WINDOW = 1 << 20;

    private final Vertx vertx;
    private final HostAndPort where;
    private final GrpcClient client;
    private @Nullable InetAddress last;

    /** @param where a host that may have several addresses, and the port of all of them */
    public GrpcGateway(Vertx vertx, HostAndPort where) {
        this.vertx = vertx;
        this.where = where;
        this.client = Dial.client(vertx, WINDOW);
    }

    @Override
    public Future<Connection> connect(Listener listener) {
        return vertx.executeBlocking(this::addresses, false)
                .compose(addresses -> connect(listener, inTurn(Objects.requireNonNull(addresses)), 0))
                .recover(cause -> Future.failedFuture(new SwarmException(ErrorCode.UNAVAILABLE,
                        "the agent gateway " + where + " is not reached: " + cause.getMessage(), cause)));
    }

    private List<InetAddress> addresses() throws UnknownHostException {
        return new ArrayList<>(Arrays.asList(InetAddress.getAllByName(where.host())));
    }

    private List<InetAddress> inTurn(List<InetAddress> addresses) {
        Collections.shuffle(addresses);
        if (last != null && addresses.remove(last)) {
            addresses.addLast(last);
        }
        return addresses;
    }

    private Future<Connection> connect(Listener listener, List<InetAddress> addresses, int index) {
        var host = addresses.get(index);
        var address = SocketAddress.inetSocketAddress(where.port(), host.getHostAddress());
        return Dial.call(client, address, AgentGatewayGrpcClient.Session).map(call -> {
            last = host;
            return (Connection) GrpcConnection.open(vertx.getOrCreateContext(), call, address, listener);
        })
                .recover(cause -> index + 1 < addresses.size()
                        ? connect(listener, addresses, index + 1)
                        : Future.failedFuture(cause));
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
