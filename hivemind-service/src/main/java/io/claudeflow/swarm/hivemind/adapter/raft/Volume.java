package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/** Whose volume it is: a file beside the log names group and replica, written before the first vote. */
final class Volume {
    private static final String FILE = "identity";
    private static final String GROUP = "group";
    private static final String PEER = "peer";
    /** Absent on volumes of earlier releases: a member's. */
    private static final String STATE = "state";
    private static final String MEMBER = "member";
    private static final String JOINING = "joining";
    private static final String REMOVED = "removed";
    private static final List<String> OURS = List.of("raft", "removed", FILE);
    /** Refuse new tasks with less than a tenth of the volume, but never ask for more than this to be free. */
    private static final long ENOUGH_BYTES = 1L << 30;

    private final RaftConfig config;

    Volume(RaftConfig config) {
        this.config = config;
    }

    /**
     * Whose the volume is now.
     *
     * @param peer    the replica's id in the group
     * @param joining whether it has yet to become a member
     */
    record Identity(String peer, boolean joining) {}

    /**
     * Checks that the volume is this replica's, or claims an empty one: for a founder while the group is being founded, else under
     * a new id for a replica that is to join. A volume whose replica was taken out of the group is set aside under
     * {@code removed}, and claimed anew. Blocks on the disk.
     */
    Identity claim() {
        var file = config.data().resolve(FILE);
        try {
            if (Files.exists(file)) {
                return check(read(file));
            }
            Files.createDirectories(config.data());
            return found();
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "cannot use the volume " + config.data() + ": "
                    + e.getClass().getSimpleName() + " " + e.getMessage()
                    + "; it must be a folder that this process may write, with room left", e);
        }
    }

    private static Properties read(Path file) throws IOException {
        var identity = new Properties();
        try (var in = Files.newInputStream(file)) {
            identity.load(in);
        }
        return identity;
    }

    private Identity check(Properties identity) throws IOException {
        if (!config.group().toString().equals(identity.getProperty(GROUP))) {
            throw new SwarmException(ErrorCode.INVALID,
                    "the volume " + config.data() + " belongs to group " + identity.getProperty(GROUP) + ", not to "
                            + config.group() + ": give this replica its own volume, or an empty one");
        }
        var peer = identity.getProperty(PEER, "");
        if (!peer.equals(PeerIds.founder(config.ordinal())) && !peer.startsWith(config.ordinal() + "-")) {
            throw new SwarmException(ErrorCode.INVALID,
                    "the volume " + config.data() + " belongs to replica " + peer + ", not to " + config.ordinal()
                            + ": volumes of two replicas were mixed up");
        }
        var state = identity.getProperty(STATE, "");
        if (state.equals(REMOVED)) {
            setAside(peer);
            return write(PeerIds.joiner(config.ordinal()), JOINING);
        }
        return new Identity(peer, state.equals(JOINING));
    }

    /** Nothing of a volume that was taken out of the group may speak again, but a person may want to look at it. */
    private void setAside(String peer) throws IOException {
        var log = config.data().resolve("raft");
        if (Files.exists(log)) {
            var removed = Files.createDirectories(config.data().resolve("removed"));
            Files.move(log, removed.resolve("peer-" + peer), StandardCopyOption.ATOMIC_MOVE);
            force(removed);
        }
    }

    private Identity found() throws IOException {
        try (var entries = Files.list(config.data())) {
            var strange = entries.map(path -> path.getFileName().toString()).filter(OURS::contains).findFirst();
            if (strange.isPresent()) {
                throw new SwarmException(ErrorCode.INVALID, "the volume " + config.data() + " holds '" + strange.get()
                        + "' but does not say whose it is: restore its file '" + FILE + "', or empty it");
            }
        }
        return config.founding() && config.founders().contains(config.ordinal())
                ? write(PeerIds.founder(config.ordinal()), MEMBER)
                : write(PeerIds.joiner(config.ordinal()), JOINING);
    }

    /** The replica is a member from now on. Blocks on the disk. */
    void joined(String peer) throws IOException {
        write(peer, MEMBER);
    }

    /** The replica was taken out of the group: this log is never to speak again. Blocks on the disk. */
    void removed(String peer) throws IOException {
        write(peer, REMOVED);
    }

    private Identity write(String peer, String state) throws IOException {
        var identity = new Properties();
        identity.setProperty(GROUP, config.group().toString());
        identity.setProperty(PEER, peer);
        identity.setProperty(STATE, state);
        var temporary = config.data().resolve(FILE + ".tmp");
        try (var out = Files.newOutputStream(temporary)) {
            identity.store(out, null);
        }
        force(temporary);
        Files.move(temporary, config.data().resolve(FILE), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force(config.data());
        return new Identity(peer, state.equals(JOINING));
    }

    /** Whether there is too little room for new tasks. Blocks on the disk. */
    boolean full() throws IOException {
        var store = Files.getFileStore(config.data());
        return store.getUsableSpace() < Math.min(store.getTotalSpace() / 10, ENOUGH_BYTES);
    }

    /** Makes a file's content, or a folder's entries, outlive a power failure. */
    static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
