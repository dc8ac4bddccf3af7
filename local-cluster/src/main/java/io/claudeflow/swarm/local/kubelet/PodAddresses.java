package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loopback addresses {@code 127.s.y.z}, one per pod for its whole life. The network {@code s} is chosen at first and held by a port
 * while the cluster runs, so that two clusters on one machine do not meet; it and who has which address are kept in a file.
 * Thread-safe.
 */
final class PodAddresses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodAddresses.class);
    private static final int FIRST_NETWORK = 16;
    private static final int NETWORKS = 224;
    private static final int HOSTS = 254 * 254;
    /** Of the first address: who listens there has the network. No pod's port. */
    private static final int CLAIM = 15_790;
    private static final int TRIES = 32;

    private final Path file;
    private final int network;
    private final ServerSocket claim;
    private final Map<String, String> byPod = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private int last = -1;

    private PodAddresses(Path file, int network, ServerSocket claim) {
        this.file = file;
        this.network = network;
        this.claim = claim;
    }

    /**
     * The addresses of a data directory.
     *
     * @throws SwarmException with the one command to run where the system has no such loopback addresses; when another cluster
     *                        has this one's network
     */
    static PodAddresses open(Path file) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            var addresses = lines.isEmpty()
                    ? choose(file)
                    : claim(file, Integer.parseInt(lines.getFirst().split("\\.")[1]));
            for (var line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                var words = line.split(" ");
                addresses.byPod.put(words[0], words[1]);
                addresses.used.add(words[1]);
            }
            addresses.save();
            return addresses;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE,
                    "the pods' network cannot be read or kept in " + file + ": " + e.getMessage(), e);
        }
    }

    private static PodAddresses choose(Path file) {
        var random = new SecureRandom();
        for (int tries = 1;; tries++) {
            try {
                return claim(file, FIRST_NETWORK + random.nextInt(NETWORKS));
            } catch (SwarmException e) {
                if (e.code() != ErrorCode.EXHAUSTED || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static PodAddresses claim(Path file, int network) {
        demandUsable(network);
        try {
            var claim = new ServerSocket(CLAIM, 1, InetAddress.ofLiteral(address(network, 0)));
            return new PodAddresses(file, network, claim);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.EXHAUSTED, "another local cluster has the network 127." + network
                    + ".0.0/16, which the pods of this one have (port " + CLAIM + " of its first address is taken): "
                    + "stop that one first", e);
        }
    }

    /** Linux answers on all of 127.0.0.0/8; macOS only on those that were added to lo0. */
    private static void demandUsable(int network) {
        var probe = address(network, 0);
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(probe), 0));
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "pods cannot listen on " + probe
                    + ": this system has just 127.0.0.1. Add the first 100 addresses by: for i in $(seq 1 100); do sudo ifconfig lo0 alias 127."
                    + network + ".1.$i up; done", e);
        }
    }

    /** The pod's address: the one it has, the one that its status tells, or the next free one. */
    synchronized String of(String uid, @Nullable String told) {
        var present = byPod.get(uid);
        if (present != null) {
            return present;
        }
        if (told != null && !told.isEmpty() && !used.contains(told)) {
            return take(uid, told);
        }
        for (int tries = 0; tries < HOSTS; tries++) {
            last = (last + 1) % HOSTS;
            var next = address(last);
            if (!used.contains(next)) {
                return take(uid, next);
            }
        }
        throw new SwarmException(ErrorCode.EXHAUSTED, "no loopback address is left: delete pods");
    }

    private String take(String uid, String address) {
        byPod.put(uid, address);
        used.add(address);
        saveOrWarn();
        return address;
    }

    /** The address that the pod was given, if any. */
    synchronized @Nullable String known(String uid) {
        return byPod.get(uid);
    }

    synchronized void release(String uid) {
        var address = byPod.remove(uid);
        if (address != null) {
            used.remove(address);
            saveOrWarn();
        }
    }

    /** Releases the addresses of all pods but those. */
    synchronized void retain(Set<String> uids) {
        byPod.keySet().stream().filter(uid -> !uids.contains(uid)).toList().forEach(this::release);
    }

    private void saveOrWarn() {
        try {
            save();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", file).setCause(e).log("addresses of pods not kept");
        }
    }

    private void save() throws IOException {
        var text = new StringBuilder("127." + network + ".0.0/16\n");
        byPod.forEach((uid, address) -> text.append(uid).append(' ').append(address).append('\n'));
        Folders.replace(file, text.toString());
    }

    /** Gives the network up; the file stays. */
    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the claim of the pods' network was not closed");
        }
    }

    private String address(int host) {
        return address(network, host);
    }

    private static String address(int network, int host) {
        return "127." + network + "." + (1 + host / 254) + "." + (1 + host % 254);
    }
}
