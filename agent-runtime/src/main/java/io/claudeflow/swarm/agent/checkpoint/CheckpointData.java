package io.claudeflow.swarm.agent.checkpoint;

import java.util.Arrays;

/** What a script says in a checkpoint: any bytes, at most {@value #MAX_BYTES}; may be empty. Immutable. */
public final class CheckpointData {
    /** The most that the hive-mind takes. */
    public static final int MAX_BYTES = 64 * 1024;
    public static final CheckpointData EMPTY = new CheckpointData(new byte[0]);

    private final byte[] bytes;

    private CheckpointData(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of those bytes; throws IllegalArgumentException when there are too many. */
    public static CheckpointData of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a checkpoint has at most " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return new CheckpointData(bytes.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckpointData data && Arrays.equals(bytes, data.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
