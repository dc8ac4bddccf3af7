package io.claudeflow.swarm.local.kubeapi;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The loopback ports of a data directory: chosen free at first, then kept, so that kubeconfigs stay true.
 *
 * @param api   of the API server
 * @param store of etcd's clients
 * @param peer  of etcd's peers
 */
record Ports(int api, int store, int peer) {
    static Ports keep(Path file) {
        try {
            if (Files.exists(file)) {
                var ports = Arrays.stream(Files.readString(file).strip().split("\\s+")).map(Integer::valueOf).toList();
                ports.forEach(port -> demandFree(port, file));
                return of(ports);
            }
            try (var first = open(0); var second = open(0); var third = open(0)) {
                var ports = List.of(first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
                Files.writeString(file, ports.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n");
                return of(ports);
            }
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "ports cannot be read or kept in " + file + ": " + e.getMessage()
                            + "; delete the file to choose new ones",
                    e);
        }
    }

    private static Ports of(List<Integer> ports) {
        return new Ports(ports.get(0), ports.get(1), ports.get(2));
    }

    private static void demandFree(int port, Path file) {
        try {
            open(port).close();
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "port " + port
                    + " of this cluster is used by another process: end that process, or delete " + file
                    + " to choose new ports (the kubeconfig then changes)", e);
        }
    }

    private static ServerSocket open(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
