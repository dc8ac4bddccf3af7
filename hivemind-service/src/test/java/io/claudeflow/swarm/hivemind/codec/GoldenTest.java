package io.claudeflow.swarm.hivemind.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.claudeflow.swarm.hivemind.codec.v1.EntryRecord;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Bytes that were written once are read to the same value for ever. With {@code -Dgolden.write=true} files that do not exist yet
 * are written; an existing one is never changed.
 */
class GoldenTest {
    @Test
    void theEntryHasEveryCommand() {
        var kinds = GoldenSamples.entry2().commands().stream().map(Object::getClass).distinct().count();
        assertEquals(LedgerCommand.class.getPermittedSubclasses().length, kinds);
    }

    @Test
    void entries() throws IOException {
        assertEquals(GoldenSamples.entry1(), EntryCodec.read(ByteBuffer.wrap(golden("entry-1.bin", null))));
        var golden = golden("entry-2.bin", EntryCodec.write(GoldenSamples.entry2()));
        assertEquals(GoldenSamples.entry2(), EntryCodec.read(ByteBuffer.wrap(golden)));
        assertArrayEquals(golden, EntryCodec.write(GoldenSamples.entry2()));
    }

    @Test
    void snapshots() throws IOException {
        assertEquals(GoldenSamples.image1(),
                SnapshotCodec.read(new ByteArrayInputStream(golden("snapshot-1.bin", null))));
        var golden = golden("snapshot-2.bin", bytes(GoldenSamples.image2()));
        var read = SnapshotCodec.read(new ByteArrayInputStream(golden));
        assertEquals(GoldenSamples.image2(), read);
        assertArrayEquals(golden, bytes(read));
    }

    private static byte[] bytes(LedgerImage image) throws IOException {
        var written = new ByteArrayOutputStream();
        SnapshotCodec.write(image, written);
        return written.toByteArray();
    }

    @Test
    void aCutOrDamagedSnapshotIsRefused() throws IOException {
        var bytes = bytes(GoldenSamples.image2());
        for (int length : List.of(0, 1, bytes.length / 2, bytes.length - 1)) {
            var cut = new ByteArrayInputStream(Arrays.copyOf(bytes, length));
            assertThrows(UnreadableException.class, () -> SnapshotCodec.read(cut), "cut at " + length);
        }
        bytes[bytes.length / 2] ^= 1;
        assertThrows(UnreadableException.class, () -> SnapshotCodec.read(new ByteArrayInputStream(bytes)));
    }

    @Test
    void aLaterLevelIsRefusedWithASentence() {
        var later = EntryRecord.newBuilder().setFeatureLevel(3).build();
        var refused = assertThrows(UnreadableException.class,
                () -> EntryCodec.read(ByteBuffer.wrap(later.toByteArray())));
        assertEquals("the log entry has feature level 3, this release reads 1 to 2: start the release that wrote it",
                refused.getMessage());
    }

    private static byte[] golden(String name, byte @Nullable [] fresh) throws IOException {
        try (var in = GoldenTest.class.getResourceAsStream("/golden/" + name)) {
            if (in == null && fresh != null && Boolean.getBoolean("golden.write")) {
                Files.write(Path.of("src/test/resources/golden", name), fresh);
                return fresh;
            }
            return Objects.requireNonNull(in, name + " is missing: run the tests once with -Dgolden.write=true")
                    .readAllBytes();
        }
    }
}
