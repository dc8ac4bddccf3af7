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
    private static final List<String> OURS = List.of("raft", "removed", FILE);
    /** Refuse new tasks with less than a tenth of the volume, but never ask for more than this to be free. */
    private static final long ENOUGH_BYTES = 1L << 30;

    private final RaftConfig config;

    Volume(RaftConfig config) {
        this.config = config;
    }

    /** Checks that the volume is this replica's, or claims an empty one for a founder. Blocks on the disk. */
    void claim() {
        var file = config.data().resolve(FILE);
        try {
            if (Files.exists(file)) {
                check(file);
                return;
            }
            Files.createDirectories(config.data());
            found(file);
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "cannot use the volume " + config.data() + ": "
                    + e.getClass().getSimpleName() + " " + e.getMessage()
                    + "; it must be a folder that this process may write, with room left", e);
        }
    }

    private void check(Path file) throws IOException {
        var identity = new Properties();
        try (var in = Files.newInputStream(file)) {
            identity.load(in);
        }
        if (!config.group().toString().equals(identity.getProperty(GROUP))) {
            throw new SwarmException(ErrorCode.INVALID,
                    "the volume " + config.data() + " belongs to group " + identity.getProperty(GROUP) + ", not to "
                            + config.group() + ": give this replica its own volume, or an empty one");
        }
        if (!peer().equals(identity.getProperty(PEER))) {
            throw new SwarmException(ErrorCode.INVALID,
                    "the volume " + config.data() + " belongs to replica " + identity.getProperty(PEER) + ", not to "
                            + peer() + ": volumes of two replicas were mixed up");
        }
    }

    private void found(Path file) throws IOException {
        try (var entries = Files.list(config.data())) {
            var strange = entries.map(path -> path.getFileName().toString()).filter(OURS::contains).findFirst();
            if (strange.isPresent()) {
                throw new SwarmException(ErrorCode.INVALID, "the volume " + config.data() + " holds '" + strange.get()
                        + "' but does not say whose it is: restore its file '" + FILE + "', or empty it");
            }
        }
        if (!config.founding() || !config.founders().contains(config.ordinal())) {
            throw new SwarmException(ErrorCode.INVALID, "the volume " + config.data()
                    + " is empty, and replica " + config.ordinal() + " is no founder of a group that is being founded:"
                    + " this release cannot add a replica to a group; restore its volume");
        }
        var identity = new Properties();
        identity.setProperty(GROUP, config.group().toString());
        identity.setProperty(PEER, peer());
        var temporary = file.resolveSibling(FILE + ".tmp");
        try (var out = Files.newOutputStream(temporary)) {
            identity.store(out, null);
        }
        force(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        force(config.data());
    }

    /** A founder's id in the group is its ordinal. */
    private String peer() {
        return String.valueOf(config.ordinal());
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
